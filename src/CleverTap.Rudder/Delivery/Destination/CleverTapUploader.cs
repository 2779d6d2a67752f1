namespace CleverTap.Rudder;

/// <summary>Sends one upload, in its turn and in time.</summary>
internal sealed class CleverTapUploader(Func<CleverTapClient> client, CleverTapOptions options, InFlightLimit limit, DeliveryMonitor monitor)
{
    private const int TooManyRequests = 429;

    /// <summary>The answer; null where the call was cancelled.</summary>
    public async Task<CleverTapAnswer?> UploadAsync(UploadBatch batch, DeliveryRun run)
    {
        try
        {
            await limit.EnterAsync(run.Cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        // Another lane may have met a 401 while this one waited for its turn.
        if (run.StoppedBy is not null)
        {
            limit.Leave(throttled: false);
            return null;
        }

        CleverTapAnswer? result = null;
        DeliveryMonitor.Upload upload = monitor.Start(batch.Count);
        try
        {
            result = await client().UploadAsync(batch.Records, options.DryRun, run.Cancellation).ConfigureAwait(false);
            if (result.Status is AnswerStatus.Success or AnswerStatus.Partial or AnswerStatus.Fail && !Outcome.Accounts(result, batch.Records))
                result = result with { Status = AnswerStatus.Unreadable, Error = "CleverTap's answer does not account for every record" };
            return result;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            monitor.End(upload, result);
            limit.Leave(throttled: result?.HttpStatus == TooManyRequests);
        }
    }
}
