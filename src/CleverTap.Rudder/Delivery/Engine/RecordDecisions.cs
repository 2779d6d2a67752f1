using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>Decides what to do with each record of an upload after its response: pure functions.</summary>
internal static class RecordDecisions
{
    /// <summary>What to do with each record of an upload whose response is consistent.</summary>
    public static RecordDecision[] Decide(CleverTapResponse response, IReadOnlyList<PendingRecord> records, CleverTapOptions options)
    {
        var verdicts = new RecordDecision[records.Count];
        if (response is { Status: ResponseStatus.Success, Unprocessed.Count: 0 })
        {
            return verdicts;
        }

        CleverTapRecord[] sent = [.. records.Select(record => record.Record)];
        UnprocessedRecord?[] rejections = ResponseEvaluator.Evaluate(response, sent)!;
        AcceptedProfiles? accepted = null;
        for (int index = 0; index < verdicts.Length; index++)
        {
            if (rejections[index] is not { } rejection)
            {
                continue;
            }

            if (rejection.Code == RetryPolicy.TransientRecordCode && records[index].TransientErrors + 1 < options.MaxAttempts)
            {
                verdicts[index] = RecordDecision.Retry(rejection, Newest(sent[index], index));
            }
            else if (options.RepairProfiles && ProfileRepair.RejectedField(sent[index], rejection.Code) is { } field)
            {
                verdicts[index] = RecordDecision.Retry(rejection, Newest(ProfileRepair.Without(sent[index], field), index), field);
            }
            else
            {
                verdicts[index] = RecordDecision.Reject(rejection);
            }
        }

        return verdicts;

        CleverTapRecord Newest(CleverTapRecord record, int index) =>
            (accepted ??= new AcceptedProfiles(sent, rejections)).WithoutOverwritten(record, index);
    }
}
