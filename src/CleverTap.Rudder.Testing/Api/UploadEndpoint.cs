using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Handles <c>POST /1/upload</c>: validates each record on its own and stores the valid ones.</summary>
internal static class UploadEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store, bool nestedObjects)
    {
        if (JsonBody.ReadEntries(request) is not { } entries)
        {
            return EmulatorResponse.Malformed;
        }

        List<UploadedRecord> records = entries.Select((entry, index) => new UploadedRecord(entry, index + 1)).ToList();
        return RejectTooMany(records) ?? StoreValid(request, records, store, nestedObjects);
    }

    private static EmulatorResponse StoreValid(
        EmulatorRequest request,
        List<UploadedRecord> records,
        EmulatorStore store,
        bool nestedObjects
    )
    {
        List<UploadedRecord> accepted = new(records.Count);
        List<RejectedRecord> rejected = [];
        List<UnprocessedEntry> unprocessed = [];
        foreach (UploadedRecord record in records)
        {
            if (Validate(request, record, nestedObjects) is not { } rejection)
            {
                accepted.Add(record);
                continue;
            }

            unprocessed.Add(
                new UnprocessedEntry((int)rejection.Code, RecordErrors.Format(rejection, record.Number), RecordEcho.Create(record))
            );
            rejected.Add(new RejectedRecord(record, rejection));
        }

        if (!request.IsDryRun)
        {
            store.Add(request.Number, accepted, rejected);
        }

        return new EmulatorResponse(200, UploadResponseBody.Write(accepted.Count, unprocessed)) { RecordCount = records.Count };
    }

    private static Rejection? Validate(EmulatorRequest request, UploadedRecord record, bool nestedObjects) =>
        UploadValidator.Validate(record, nestedObjects)
        ?? (request.FailsRecord(record.Number) ? new Rejection(RecordCode.ServerError) : null);

    /// <summary>
    /// Rejects an upload beyond CleverTap's limits. CleverTap's response is not known; 400 ensures that a sender notices.
    /// </summary>
    private static EmulatorResponse? RejectTooMany(List<UploadedRecord> records)
    {
        int tokens = records.Count(record => record.Kind == RecordKind.Token);
        string? error =
            records.Count > CleverTapRules.RecordsPerUpload ? $"More than {CleverTapRules.RecordsPerUpload} records in one upload"
            : tokens > CleverTapRules.TokensPerUpload ? $"More than {CleverTapRules.TokensPerUpload} device tokens in one upload"
            : null;
        return error is null ? null : EmulatorResponse.Failure(400, error) with { RecordCount = records.Count };
    }
}
