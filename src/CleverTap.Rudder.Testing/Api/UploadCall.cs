using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Judging;
using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary><c>POST /1/upload</c>: judges each record by itself, stores those that pass.</summary>
internal static class UploadCall
{
    public static EmulatorAnswer Answer(EmulatorRequest request, EmulatorStore store, bool nestedObjects)
    {
        if (JsonBody.ReadEntries(request) is not { } entries)
        {
            return EmulatorAnswer.Malformed;
        }

        List<UploadedRecord> records = entries.Select((entry, index) => new UploadedRecord(entry, index + 1)).ToList();
        return TooMany(records) ?? Judge(request, records, store, nestedObjects);
    }

    private static EmulatorAnswer Judge(EmulatorRequest request, List<UploadedRecord> records, EmulatorStore store, bool nestedObjects)
    {
        List<UploadedRecord> accepted = new(records.Count);
        List<RefusedRecord> refused = [];
        List<UnprocessedEntry> unprocessed = [];
        foreach (UploadedRecord record in records)
        {
            if (Refusal(request, record, nestedObjects) is not { } refusal)
            {
                accepted.Add(record);
                continue;
            }

            unprocessed.Add(new UnprocessedEntry((int)refusal.Code, RecordErrors.Text(refusal, record.Number), RecordEcho.Of(record)));
            refused.Add(new RefusedRecord(record, refusal));
        }

        if (!request.IsDryRun)
        {
            store.Add(request.Number, accepted, refused);
        }

        return new EmulatorAnswer(200, UploadReply.Write(accepted.Count, unprocessed)) { RecordCount = records.Count };
    }

    private static Refusal? Refusal(EmulatorRequest request, UploadedRecord record, bool nestedObjects) =>
        RecordJudge.Judge(record, nestedObjects) ?? (request.FailsRecord(record.Number) ? new Refusal(RecordCode.ServerError) : null);

    /// <summary>CleverTap names both limits; what it answers beyond them is not known. 400 makes sure that a sender notices.</summary>
    private static EmulatorAnswer? TooMany(List<UploadedRecord> records)
    {
        int tokens = records.Count(record => record.Kind == RecordKind.Token);
        string? error =
            records.Count > CleverTapRules.RecordsPerUpload ? $"More than {CleverTapRules.RecordsPerUpload} records in one upload"
            : tokens > CleverTapRules.TokensPerUpload ? $"More than {CleverTapRules.TokensPerUpload} device tokens in one upload"
            : null;
        return error is null ? null : EmulatorAnswer.Failure(400, error) with { RecordCount = records.Count };
    }
}
