using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>Decides what to do with each record of an upload after its response.</summary>
internal readonly struct RecordDecisions
{
    private readonly CleverTapOptions options;
    private readonly IReadOnlyList<PendingRecord> records;
    private readonly CleverTapRecord[] sent;
    private readonly UnprocessedRecord?[] rejections;

    private RecordDecisions(CleverTapResponse response, IReadOnlyList<PendingRecord> records, CleverTapOptions options)
    {
        this.options = options;
        this.records = records;
        sent = [.. records.Select(record => record.Record)];
        rejections = ResponseEvaluator.Evaluate(response, sent)!;
    }

    /// <summary>
    /// Returns the decision for each record of an upload whose response is consistent; null for a record that CleverTap accepted. The
    /// function is pure.
    /// </summary>
    public static RecordDecision?[] Decide(CleverTapResponse response, IReadOnlyList<PendingRecord> records, CleverTapOptions options)
    {
        var decisions = new RecordDecision?[records.Count];
        if (response is not { Status: ResponseStatus.Success, Unprocessed.Count: 0 })
        {
            new RecordDecisions(response, records, options).Decide(decisions);
        }

        return decisions;
    }

    private void Decide(RecordDecision?[] decisions)
    {
        AcceptedProfiles? accepted = null;
        for (int index = 0; index < decisions.Length; index++)
        {
            if (rejections[index] is { } rejection)
            {
                decisions[index] = Decide(index, rejection, ref accepted);
            }
        }
    }

    /// <summary>Retries a transient error, repairs a profile with one rejected field, and rejects any other record.</summary>
    private RecordDecision Decide(int index, UnprocessedRecord rejection, ref AcceptedProfiles? accepted)
    {
        if (rejection.Code == RetryPolicy.TransientRecordCode && records[index].TransientErrors + 1 < options.MaxAttempts)
        {
            return new RecordDecision(rejection, Newest(sent[index], index, ref accepted));
        }

        if (options.RepairProfiles && ProfileRepair.RejectedField(sent[index], rejection.Code) is { } field)
        {
            CleverTapRecord repaired = ProfileRepair.Without(sent[index], field);
            return new RecordDecision(rejection, Newest(repaired, index, ref accepted), field);
        }

        return new RecordDecision(rejection);
    }

    private CleverTapRecord Newest(CleverTapRecord record, int index, ref AcceptedProfiles? accepted)
    {
        accepted ??= new AcceptedProfiles(sent, rejections);
        return accepted.WithoutOverwritten(record, index);
    }
}
