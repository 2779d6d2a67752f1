using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary><c>POST /1/upload</c>: judges each record by itself, stores those that pass.</summary>
internal static class UploadEndpoint
{
    public static EmulatorResponse Handle(EmulatorRequest request, EmulatorStore store, bool nestedObjects)
    {
        if (JsonBody.ReadEntries(request) is not { } entries)
        {
            return EmulatorResponse.Malformed;
        }

        List<UploadedRecord> records = entries.Select((entry, index) => new UploadedRecord(entry, index + 1)).ToList();
        return TooMany(records) ?? Validate(request, records, store, nestedObjects);
    }

    private static EmulatorResponse Validate(EmulatorRequest request, List<UploadedRecord> records, EmulatorStore store, bool nestedObjects)
    {
        List<UploadedRecord> accepted = new(records.Count);
        List<RejectedRecord> rejected = [];
        List<UnprocessedEntry> unprocessed = [];
        foreach (UploadedRecord record in records)
        {
            if (Rejection(request, record, nestedObjects) is not { } rejection)
            {
                accepted.Add(record);
                continue;
            }

            unprocessed.Add(new UnprocessedEntry((int)rejection.Code, RecordErrors.Format(rejection, record.Number), RecordEcho.Create(record)));
            rejected.Add(new RejectedRecord(record, rejection));
        }

        if (!request.IsDryRun)
        {
            store.Add(request.Number, accepted, rejected);
        }

        return new EmulatorResponse(200, UploadResponseBody.Write(accepted.Count, unprocessed)) { RecordCount = records.Count };
    }

    private static Rejection? Rejection(EmulatorRequest request, UploadedRecord record, bool nestedObjects) =>
        UploadValidator.Validate(record, nestedObjects) ?? (request.FailsRecord(record.Number) ? new Rejection(RecordCode.ServerError) : null);

    /// <summary>CleverTap names both limits; what it answers beyond them is not known. 400 makes sure that a sender notices.</summary>
    private static EmulatorResponse? TooMany(List<UploadedRecord> records)
    {
        int tokens = records.Count(record => record.Kind == RecordKind.Token);
        string? error =
            records.Count > CleverTapRules.RecordsPerUpload ? $"More than {CleverTapRules.RecordsPerUpload} records in one upload"
            : tokens > CleverTapRules.TokensPerUpload ? $"More than {CleverTapRules.TokensPerUpload} device tokens in one upload"
            : null;
        return error is null ? null : EmulatorResponse.Failure(400, error) with { RecordCount = records.Count };
    }
}
