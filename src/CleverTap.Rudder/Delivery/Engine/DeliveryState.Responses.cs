using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <content>Handles each kind of response.</content>
internal sealed partial class DeliveryState
{
    private TimeSpan? React(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        switch (RetryPolicy.DecideNextStep(response, upload.Count, options.LostResponses))
        {
            case NextStep.Evaluate:
                return Evaluate(upload, response, now, completed);
            case NextStep.Split:
                RecordResponse();
                Requeue(upload);
                Halve(upload);
                return TimeSpan.Zero;
            case NextStep.Reject:
                RecordResponse();
                upload.Records[0].Event.Reject(response.HttpStatus ?? 0, response.Error ?? "CleverTap rejected the record", completed);
                SettleSuspects(upload, 1);
                return null;
            case NextStep.GiveUp:
                GiveUp(upload, DeliveryFailure.From(response), now, completed);
                return null;
            case NextStep.Stop:
                return Stop(upload, DeliveryFailure.From(response), now, completed);
            case NextStep.Throttle:
                return Throttle(upload, response, now, completed);
            default:
                return Retry(upload, response, now, completed);
        }
    }

    /// <summary>Evaluates a response that gives the result of each record.</summary>
    private TimeSpan? Evaluate(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        RecordSuccess();
        foreach (SuspectPart part in upload.Parts)
        {
            part.User.Current().FailuresAlone = 0;
        }

        RecordDecision?[] decisions = RecordDecisions.Decide(response, upload.Records, options);
        TimeSpan? delay = null;
        for (int index = 0; index < decisions.Length; index++)
        {
            if (Apply(decisions[index], upload.Records[index], completed) is { } recordDelay)
            {
                delay = delay > recordDelay ? delay : recordDelay;
            }
        }

        if (upload.Suspects is not null)
        {
            SettleSuspects(upload, int.MaxValue);
        }

        if (delay is { } wait)
        {
            RequeueRetries(upload, decisions, now + wait);
        }

        return delay;
    }

    /// <summary>Records that CleverTap works and accepts the credentials.</summary>
    private void RecordSuccess()
    {
        RecordResponse();
        IsUnauthorized = false;
    }

    /// <summary>Records that CleverTap works.</summary>
    private void RecordResponse()
    {
        scheduler.RecordSuccess();
        foreach (DeliverySource source in sources)
        {
            source.Attempts = 0;
        }
    }

    /// <summary>Applies a decision to its record. Returns the delay before the record is sent again; null if it is not.</summary>
    private TimeSpan? Apply(RecordDecision? decision, PendingRecord record, List<EventCompletion> completed)
    {
        if (decision is null)
        {
            record.Event.Accept(completed);
            return null;
        }

        if (decision.Replacement is null)
        {
            record.Event.Reject(decision.Rejection.Code, decision.Rejection.Error, completed);
            return null;
        }

        record.Record = decision.Replacement;
        return PrepareRetry(decision, record);
    }

    /// <summary>
    /// Returns the delay before a record is sent again: zero for a repaired profile, a backoff for an internal error of CleverTap.
    /// </summary>
    private TimeSpan PrepareRetry(RecordDecision decision, PendingRecord record)
    {
        if (decision.OmittedField is { } field)
        {
            record.Event.Omit(field, decision.Rejection.Code);
            return TimeSpan.Zero;
        }

        record.TransientErrors++;
        return RetryPolicy.Delay(record.TransientErrors, null, options, random());
    }

    /// <summary>Returns the records that are sent again to the queues of their users, who wait.</summary>
    private static void RequeueRetries(Upload upload, RecordDecision?[] decisions, TimeSpan waitUntil)
    {
        for (int index = decisions.Length - 1; index >= 0; index--)
        {
            if (decisions[index]?.Replacement is not null)
            {
                UserQueue user = upload.Records[index].Event.User.Current();
                user.Requeue(upload.Records[index]);
                user.WaitUntil = waitUntil;
            }
        }
    }

    /// <summary>Sends the same records again later, with fewer uploads in flight, because CleverTap is busy.</summary>
    private TimeSpan? Throttle(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        DeliveryFailure failure = DeliveryFailure.From(response);
        RememberFailure(upload, failure);
        Requeue(upload);
        int attempts = 0;
        foreach (PendingRecord record in upload.Records)
        {
            attempts = Math.Max(attempts, ++record.Event.Failures.Throttles + record.Event.Failures.Attempts);
        }

        TimeSpan delay = RetryPolicy.Delay(attempts, response.RetryAfter, options, random());
        foreach (PendingRecord record in upload.Records)
        {
            if (!record.Event.Source.KeepsEvents && record.Event.Source.GivesUp(record.Event, now, delay))
            {
                record.Event.Fail(failure, completed);
            }
        }

        foreach (SuspectPart part in upload.Parts)
        {
            part.User.Current().WaitUntil = now + delay;
        }

        return delay;
    }

    /// <summary>Ends the calls and pauses the queues, because CleverTap refuses the credentials. Queues keep their events.</summary>
    private TimeSpan? Stop(Upload upload, DeliveryFailure failure, TimeSpan now, List<EventCompletion> completed)
    {
        RememberFailure(upload, failure);
        Requeue(upload);
        IsUnauthorized = true;
        TimeSpan pause = sources.Where(source => source.KeepsEvents).Select(source => source.UnauthorizedPause).DefaultIfEmpty().Max();
        scheduler.Pause(now + pause);
        EndAllCalls(failure, completed);
        return Pending > completed.Count ? pause : null;
    }

    /// <summary>
    /// Gives up the events of an upload, because no response will come, or because CleverTap rejects the upload as a whole.
    /// </summary>
    private void GiveUp(Upload upload, DeliveryFailure failure, TimeSpan now, List<EventCompletion> completed)
    {
        RememberFailure(upload, failure);
        foreach (PendingRecord record in upload.Records)
        {
            record.Event.Fail(failure, completed);
        }

        SettleSuspects(upload, int.MaxValue);
        if (!failure.IsLostResponse)
        {
            EndAllCalls(failure, completed);
            return;
        }

        if (scheduler.Successes <= upload.BaselineSuccesses)
        {
            scheduler.MarkDown(now + RetryPolicy.Delay(scheduler.DownAttempts + 1, null, options, random()));
        }
    }

    private void EndAllCalls(DeliveryFailure failure, List<EventCompletion> completed)
    {
        foreach (DeliverySource source in sources.FindAll(source => !source.KeepsEvents))
        {
            End(source, failure, completed);
        }
    }
}
