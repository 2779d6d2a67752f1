namespace CleverTap.Rudder;

/// <summary>Records that go in one upload, each with the index of the event that it comes from.</summary>
internal sealed record UploadBatch(IReadOnlyList<RecordOfEvent> Records)
{
    public int Count => Records.Count;

    /// <summary>The two halves, the first no smaller.</summary>
    public (UploadBatch First, UploadBatch Second) Halve()
    {
        int middle = (Count + 1) / 2;
        return (new UploadBatch([.. Records.Take(middle)]), new UploadBatch([.. Records.Skip(middle)]));
    }

    /// <summary>
    /// Cuts records into uploads by count and bytes, in their order; device tokens go in uploads of their own, behind all
    /// profiles. A record larger than the cap goes alone.
    /// </summary>
    public static IEnumerable<UploadBatch> Cut(IReadOnlyCollection<RecordOfEvent> records, int maxRecords, int maxBytes) =>
        CutAlike(records.Where(entry => !entry.IsToken), maxRecords, maxBytes)
            .Concat(CutAlike(records.Where(entry => entry.IsToken), Math.Min(maxRecords, CleverTapRules.TokensPerUpload), maxBytes));

    private static IEnumerable<UploadBatch> CutAlike(IEnumerable<RecordOfEvent> records, int maxRecords, int maxBytes)
    {
        List<RecordOfEvent> batch = [];
        int bytes = 0;
        foreach (RecordOfEvent entry in records)
        {
            int length = entry.Bytes;
            if (batch.Count > 0 && (batch.Count == maxRecords || UploadContent.LengthOf(batch.Count + 1, bytes + length) > maxBytes))
            {
                yield return new UploadBatch(batch);
                batch = [];
                bytes = 0;
            }

            batch.Add(entry);
            bytes += length;
        }

        if (batch.Count > 0) yield return new UploadBatch(batch);
    }
}
