namespace CleverTap.Rudder.Internal.Client;

/// <summary>Evaluates a response for each record of an upload. Pure functions for the destination and the proxy.</summary>
internal static class ResponseEvaluator
{
    /// <summary>Whether a 2xx response covers every record: each rejection belongs to a known record, and the counts add up.</summary>
    /// <remarks>If it does not, no event may be Delivered, and the response counts as unreadable.</remarks>
    public static bool IsConsistent(CleverTapResponse response, IReadOnlyList<CleverTapRecord> records)
    {
        if (response.Status == ResponseStatus.Success && response.Unprocessed.Count == 0)
        {
            return response.Processed is null || response.Processed == records.Count;
        }

        if (Evaluate(response, records) is not { } rejections)
        {
            return false;
        }

        int rejected = rejections.Count(rejection => rejection is not null);
        return response.Processed is not { } processed || processed + rejected == records.Count;
    }

    /// <summary>Whether the counts of a response cover the upload.</summary>
    /// <remarks>
    /// Then CleverTap has decided every record, and none may be sent again only because the response does not name the rejected ones.
    /// </remarks>
    public static bool CountsAddUp(CleverTapResponse response, int records) =>
        response.HttpStatus is >= 200 and < 300
        && response.Processed is { } processed
        && processed + (long)response.Unprocessed.Count == records;

    /// <summary>
    /// Returns the rejection of each record, or null for a record that CleverTap accepted. Returns null if a rejection belongs to no known
    /// record.
    /// </summary>
    /// <remarks>
    /// A rejected record is found by its number, or by the record that CleverTap quotes if it gives no number. A failed response rejects
    /// every record, unless it reports accepted records: then it rejects only those that it names.
    /// </remarks>
    public static UnprocessedRecord?[]? Evaluate(CleverTapResponse response, IReadOnlyList<CleverTapRecord> records)
    {
        var rejections = new UnprocessedRecord?[records.Count];
        UnprocessedRecord? unassigned = Assign(response, records, rejections);
        if (!RejectsAll(response, records.Count))
        {
            return unassigned is null ? rejections : null;
        }

        unassigned ??= new UnprocessedRecord(null, response.Code ?? 0, response.Error ?? "CleverTap rejected the upload");
        for (int index = 0; index < rejections.Length; index++)
        {
            rejections[index] ??= unassigned;
        }

        return rejections;
    }

    /// <summary>Assigns each rejection to its record. Returns the first rejection that belongs to no known record, or null.</summary>
    private static UnprocessedRecord? Assign(
        CleverTapResponse response,
        IReadOnlyList<CleverTapRecord> records,
        UnprocessedRecord?[] rejections
    )
    {
        var matcher = new RecordMatcher(records, rejections);
        UnprocessedRecord? unassigned = null;
        foreach (UnprocessedRecord entry in response.Unprocessed)
        {
            int index = matcher.IndexOf(entry);
            if (index >= 0)
            {
                rejections[index] ??= entry;
            }
            else
            {
                unassigned ??= entry;
            }
        }

        return unassigned;
    }

    private static bool RejectsAll(CleverTapResponse response, int records) =>
        response.Processed is null or 0
        && (response.Status == ResponseStatus.Fail || (response.Processed == 0 && response.Unprocessed.Count == records));
}
