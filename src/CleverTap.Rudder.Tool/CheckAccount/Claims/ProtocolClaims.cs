using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Api;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>The claims about requests, responses and credentials.</summary>
internal static class ProtocolClaims
{
    private static readonly ProbeRecord Valid = ProbeRecord.Event("valid", "");
    private static readonly ProbeRecord Nameless = ProbeRecord.EventWith("nameless", "\"evtData\":{}", RecordCode.EventNameMissing);

    public static IEnumerable<Claim> All => [.. Responses, .. Uploads, .. Requests, .. Credentials];

    private static Claim[] Responses =>
        [
            Response("response-success", "An upload whose records are all valid is a success", Valid, Valid),
            Response(
                "response-partial",
                "An upload with valid and invalid records is partial, and the valid ones are accepted",
                Valid,
                Nameless
            ),
            Response("response-fail", "An upload without a valid record fails, with HTTP 200", Nameless, Nameless),
            new(
                "record-number",
                "\"Skipped record number : N\" is the position of the record in the upload, counted from 1",
                Grade.Confirmed,
                Sources.ObservedResponses,
                [nameof(ResponseReader), nameof(RecordMatcher), nameof(RecordErrors)],
                new UploadProbe(Nameless with { Label = "1st" }, Valid with { Label = "2nd" }, Nameless with { Label = "3rd" })
            ),
            new(
                "error-texts",
                "The texts of the codes that were observed are those of the emulator",
                Grade.Confirmed,
                Sources.ObservedResponses,
                [nameof(RecordErrors)],
                new UploadProbe(ObservedTexts())
            ),
        ];

    private static Claim[] Uploads =>
        [
            new(
                "mixed-upload",
                "Events and profiles may be in one upload",
                Grade.Confirmed,
                Sources.NodeClient,
                [nameof(UploadContent)],
                new UploadProbe(Valid, ProbeRecord.Profile("profile", "\"Plan\":\"gold\""))
            ),
            new(
                "records-per-upload",
                $"An upload may have {CleverTapRules.RecordsPerUpload} records",
                Grade.Confirmed,
                Sources.UploadEvents,
                [Member.Of(CleverTapRules.RecordsPerUpload), $"{nameof(CleverTapOptions)}.{nameof(CleverTapOptions.MaxBatchRecords)}"],
                new UploadProbe([.. Enumerable.Repeat(Valid, CleverTapRules.RecordsPerUpload)])
            ),
            new(
                "too-many-records",
                $"An upload of {CleverTapRules.RecordsPerUpload + 1} records is rejected as a whole",
                Grade.Unsure,
                Sources.Undocumented,
                [Member.Of(CleverTapRules.RecordsPerUpload), nameof(UploadEndpoint)],
                Post(new UploadProbe([.. Enumerable.Repeat(Valid, CleverTapRules.RecordsPerUpload + 1)]).Request.Body!, 400)
            ),
            new(
                "too-many-tokens",
                $"An upload of {CleverTapRules.TokensPerUpload + 1} device tokens is rejected as a whole",
                Grade.Unsure,
                Sources.Undocumented,
                [Member.Of(CleverTapRules.TokensPerUpload), nameof(UploadEndpoint)],
                Post(new UploadProbe([.. Enumerable.Repeat(TokenClaims.Valid, CleverTapRules.TokensPerUpload + 1)]).Request.Body!, 400)
            ),
        ];

    private static Claim[] Requests =>
        [
            Request(
                "body-not-json",
                "A body that is not JSON is rejected",
                Grade.Confirmed,
                Sources.ObservedResponses,
                Post("{\"d\":[", 400)
            ),
            Request("body-without-d", "A body without the array d is rejected", Grade.Unsure, Sources.Undocumented, Post("{}", 400)),
            Request(
                "content-type",
                "A body that is not sent as JSON is rejected",
                Grade.Unsure,
                Sources.CommonComponents,
                Post(new UploadProbe(Valid).Request with { ContentType = "text/plain" }, 400)
            ),
            Request("method", "An upload must be a POST", Grade.Unsure, Sources.ApiErrors, Get("1/upload?dryRun=1", 405)),
            Request("path", "An unknown path is not found", Grade.Unsure, Sources.ApiErrors, Get("1/no-such-path", 404)),
        ];

    private static Claim[] Credentials =>
        [
            Access("wrong-account", "An upload with a wrong account id is unauthorized", Upload(ProbeCredentials.WrongAccount)),
            Access("wrong-passcode", "An upload with a wrong passcode is unauthorized", Upload(ProbeCredentials.WrongPasscode)),
            Access("connect", "The check of credentials accepts the right ones", Connect(ProbeCredentials.Valid, 200)),
            Access(
                "connect-wrong-passcode",
                "The check of credentials rejects a wrong passcode",
                Connect(ProbeCredentials.WrongPasscode, 401)
            ),
        ];

    private static Claim Response(string id, string statement, params ProbeRecord[] records) =>
        new(
            id,
            statement,
            Grade.Confirmed,
            Sources.ObservedResponses,
            [nameof(ResponseReader), nameof(ResponseEvaluator), nameof(UploadResponseBody)],
            new UploadProbe(records) { ChecksTotals = true }
        );

    private static Claim Request(string id, string statement, Grade grade, string source, HttpProbe probe) =>
        new(id, statement, grade, source, [$"{nameof(ResponseStatus)}.{nameof(ResponseStatus.BadRequest)}", nameof(EmulatorApi)], probe);

    private static Claim Access(string id, string statement, HttpProbe probe) =>
        new(
            id,
            statement,
            Grade.Confirmed,
            Sources.Authentication,
            [
                $"{nameof(ResponseStatus)}.{nameof(ResponseStatus.Unauthorized)}",
                Member.Client(nameof(CleverTapClient.CheckCredentialsAsync)),
                nameof(EmulatorApi),
            ],
            probe
        );

    private static HttpProbe Post(string body, int status) =>
        Post(new ProbeRequest(HttpMethod.Post, ProbeRequest.DryRunPath, body), status);

    private static HttpProbe Post(ProbeRequest request, int status) => new(request, status);

    private static HttpProbe Get(string path, int status) => new(new ProbeRequest(HttpMethod.Get, path), status);

    private static HttpProbe Upload(ProbeCredentials credentials) =>
        new(new UploadProbe(Valid).Request with { Credentials = credentials }, 401);

    private static HttpProbe Connect(ProbeCredentials credentials, int status) =>
        new(new ProbeRequest(HttpMethod.Get, CleverTapClient.ConnectPath) { Credentials = credentials }, status);

    private static ProbeRecord[] ObservedTexts()
    {
        ProbeRecord[] records =
        [
            Nameless,
            ProbeRecord.Event("nested", "\"Nested\":{\"a\":1}", RecordCode.EventStructure),
            ProbeRecord.Event("reserved", "", RecordCode.ReservedEvent, "Web Page Viewed"),
            FieldRecord("Email", "\"1234\""),
            FieldRecord("Phone", "\"223\""),
            FieldRecord("Employed", "\"yes\""),
            FieldRecord("Education", "\"PhD\""),
            FieldRecord("Married", "\"yes\""),
            FieldRecord("Age", "\"aa\""),
            ProbeRecord.EventWith("time", "\"ts\":0,\"evtName\":\"Check\",\"evtData\":{}", RecordCode.TimestampNotEpoch),
        ];
        return
        [
            .. records.Select(
                (record, index) => record with { Error = RecordErrors.Format(new Rejection(record.Code!.Value, "Nested"), index + 1) }
            ),
        ];
    }

    private static ProbeRecord FieldRecord(string field, string value) =>
        ProbeRecord.Profile(field, $"\"{field}\":{value}", (RecordCode)CleverTapRules.StandardFields[field].Code!.Value);
}
