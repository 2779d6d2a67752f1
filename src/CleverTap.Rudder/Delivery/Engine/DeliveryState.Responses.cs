using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <content>What follows from each kind of response.</content>
internal sealed partial class DeliveryState
{
    private TimeSpan? React(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        switch (RetryPolicy.After(response, upload.Count, options.LostResponses))
        {
            case NextStep.Evaluate:
                return Evaluate(upload, response, now, completed);
            case NextStep.Split:
                scheduler.Succeeded();
                Return(upload);
                Halve(upload);
                return TimeSpan.Zero;
            case NextStep.Reject:
                scheduler.Succeeded();
                upload.Records[0].Event.Reject(response.HttpStatus ?? 0, response.Error ?? "CleverTap rejected the record", completed);
                Absolve(upload, 1);
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

    /// <summary>CleverTap has answered record by record.</summary>
    private TimeSpan? Evaluate(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        scheduler.Succeeded();
        IsUnauthorized = false;
        foreach (DeliverySource source in sources)
        {
            source.Attempts = 0;
        }

        RecordDecision[] verdicts = RecordDecisions.Decide(response, upload.Records, options);
        List<PendingRecord> again = [];
        TimeSpan delay = TimeSpan.Zero;
        for (int index = 0; index < verdicts.Length; index++)
        {
            PendingRecord record = upload.Records[index];
            switch (verdicts[index].Kind)
            {
                case RecordDecisionKind.Accepted:
                    record.Event.Accept(completed);
                    break;
                case RecordDecisionKind.Rejected:
                    record.Event.Reject(verdicts[index].Code, verdicts[index].Error, completed);
                    break;
                default:
                    record.Record = verdicts[index].Replacement!;
                    again.Add(record);
                    delay = Again(record, verdicts[index], delay);
                    break;
            }
        }

        if (upload.Suspects is not null)
        {
            Absolve(upload, int.MaxValue);
        }

        if (again.Count == 0)
        {
            return null;
        }

        ReturnRejected(upload, verdicts, now + delay);
        return delay;
    }

    /// <summary>The records that are sent again go back to their users, who wait.</summary>
    private static void ReturnRejected(Upload upload, RecordDecision[] verdicts, TimeSpan waitUntil)
    {
        for (int index = verdicts.Length - 1; index >= 0; index--)
        {
            if (verdicts[index].Kind == RecordDecisionKind.Retry)
            {
                UserQueue user = upload.Records[index].Event.User.Current();
                user.Requeue(upload.Records[index]);
                user.WaitUntil = waitUntil;
            }
        }
    }

    /// <summary>A repaired profile goes again at once; an error of CleverTap's own is waited for.</summary>
    private TimeSpan Again(PendingRecord record, RecordDecision verdict, TimeSpan delay)
    {
        if (verdict.OmittedField is { } field)
        {
            record.Event.Omit(field, verdict.Code);
            return delay;
        }

        record.TransientErrors++;
        TimeSpan wait = RetryPolicy.Delay(record.TransientErrors, null, options, random());
        return wait > delay ? wait : delay;
    }

    /// <summary>CleverTap is busy: the same records go again later, with fewer uploads in flight.</summary>
    private TimeSpan? Throttle(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        DeliveryFailure failure = DeliveryFailure.From(response);
        RememberFailure(upload, failure);
        Return(upload);
        int attempts = 0;
        foreach (PendingRecord record in upload.Records)
        {
            attempts = Math.Max(attempts, ++record.Event.Throttles + record.Event.Attempts);
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

    /// <summary>CleverTap refuses the credentials: calls end, queues pause and keep their events.</summary>
    private TimeSpan? Stop(Upload upload, DeliveryFailure failure, TimeSpan now, List<EventCompletion> completed)
    {
        RememberFailure(upload, failure);
        Return(upload);
        IsUnauthorized = true;
        TimeSpan pause = sources.Where(source => source.KeepsEvents).Select(source => source.UnauthorizedPause).DefaultIfEmpty().Max();
        scheduler.Pause(now + pause);
        foreach (DeliverySource source in sources.FindAll(source => !source.KeepsEvents))
        {
            End(source, failure, completed);
        }

        return Pending > completed.Count ? pause : null;
    }

    /// <summary>No response will come, or the whole upload is rejected, and not for a record of it.</summary>
    private void GiveUp(Upload upload, DeliveryFailure failure, TimeSpan now, List<EventCompletion> completed)
    {
        RememberFailure(upload, failure);
        foreach (PendingRecord record in upload.Records)
        {
            record.Event.Fail(failure, completed);
        }

        Absolve(upload, int.MaxValue);
        if (failure.IsLostResponse)
        {
            if (scheduler.Successes <= upload.BaselineSuccesses)
            {
                scheduler.WentDown(now + RetryPolicy.Delay(scheduler.DownAttempts + 1, null, options, random()));
            }
        }
        else
        {
            foreach (DeliverySource source in sources.FindAll(source => !source.KeepsEvents))
            {
                End(source, failure, completed);
            }
        }
    }
}
