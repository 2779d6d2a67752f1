using System.Net.Http.Headers;

namespace CleverTap.Rudder.Testing;

/// <summary><c>POST /1/upload</c>: judges each record by itself, stores those that pass.</summary>
internal static class UploadCall
{
    public static EmulatorAnswer Answer(EmulatorRequest request, EmulatorStore store)
    {
        if (!IsJson(request.ContentType) || UploadRequest.Read(request.Body) is not { } records)
            return EmulatorAnswer.Failure(400, "Malformed request");
        return TooMany(records) ?? Judge(request, records, store);
    }

    private static EmulatorAnswer Judge(EmulatorRequest request, List<UploadedRecord> records, EmulatorStore store)
    {
        List<UploadedRecord> accepted = new(records.Count);
        List<UnprocessedEntry> unprocessed = [];
        foreach (UploadedRecord record in records)
        {
            if (RecordJudge.Judge(record) is { } refusal) unprocessed.Add(new UnprocessedEntry(record, refusal));
            else accepted.Add(record);
        }

        if (!request.IsDryRun) store.Add(accepted, unprocessed.ConvertAll(entry => new RefusedRecord(entry.Record, entry.Refusal)));
        return new EmulatorAnswer(200, UploadReply.Write(accepted.Count, unprocessed)) { RecordCount = records.Count };
    }

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

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);
}
