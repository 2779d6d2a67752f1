using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>Decides what to do with each record of an upload after its response: pure functions.</summary>
internal static class RecordVerdicts
{
    /// <summary>What to do with each record of an upload whose response is consistent.</summary>
    public static RecordVerdict[] Decide(CleverTapResponse response, IReadOnlyList<PendingRecord> records, CleverTapOptions options)
    {
        var verdicts = new RecordVerdict[records.Count];
        if (response is { Status: ResponseStatus.Success, Unprocessed.Count: 0 })
        {
            return verdicts;
        }

        CleverTapRecord[] sent = [.. records.Select(record => record.Record)];
        UnprocessedRecord?[] refusals = ResponseEvaluator.Evaluate(response, sent)!;
        AcceptedProfiles? accepted = null;
        for (int index = 0; index < verdicts.Length; index++)
        {
            if (refusals[index] is not { } refusal)
            {
                continue;
            }

            if (refusal.Code == RetryPolicy.TransientRecordCode && records[index].TransientErrors + 1 < options.MaxAttempts)
            {
                verdicts[index] = RecordVerdict.Again(refusal, Newest(sent[index], index));
            }
            else if (options.RepairProfiles && ProfileRepair.RefusedField(sent[index], refusal.Code) is { } field)
            {
                verdicts[index] = RecordVerdict.Again(refusal, Newest(ProfileRepair.Without(sent[index], field), index), field);
            }
            else
            {
                verdicts[index] = RecordVerdict.Reject(refusal);
            }
        }

        return verdicts;

        CleverTapRecord Newest(CleverTapRecord record, int index) =>
            (accepted ??= new AcceptedProfiles(sent, refusals)).WithoutOverwritten(record, index);
    }
}
