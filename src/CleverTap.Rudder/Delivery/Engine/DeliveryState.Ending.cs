namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <content>Ends sources and calls, and removes the events of users.</content>
internal sealed partial class DeliveryState
{
    /// <summary>
    /// The number of attempts in a row that may fail in addition to <see cref="DeliverySource.MaxAttempts"/> before a call ends.
    /// </summary>
    /// <remarks>They are made with other events, because the first ones could be events that CleverTap cannot process.</remarks>
    private const int AttemptsWithOthers = 5;

    /// <summary>Ends a source: all its pending events, including those in flight, get this outcome now.</summary>
    public List<EventCompletion> End(DeliverySource source, DeliveryFailure failure)
    {
        List<EventCompletion> completed = [];
        End(source, failure, completed);
        foreach (PendingEvent pending in source.Pending)
        {
            pending.Fail(failure, completed);
        }

        foreach (Upload upload in inFlight.Where(upload => upload.IsAbandoned))
        {
            upload.Cancel();
        }

        Forget(completed);
        return completed;
    }

    /// <summary>Ends a source: events that are not in flight get this outcome now, those in flight get it if they fail.</summary>
    public List<EventCompletion> Withdraw(DeliverySource source, DeliveryFailure failure)
    {
        List<EventCompletion> completed = [];
        End(source, failure, completed);
        Forget(completed);
        return completed;
    }

    /// <summary>Filters the events of users. Events in flight are filtered after their response, unless it is final.</summary>
    /// <returns>The outcomes, and the events in flight.</returns>
    public (List<EventCompletion> Completed, List<PendingEvent> InFlight) Remove(UserSet users)
    {
        List<EventCompletion> completed = [];
        List<PendingEvent> userEventsInFlight = [];
        HashSet<PendingEvent> eventsInFlight = EventsInFlight();
        foreach (PendingEvent pending in sources.SelectMany(source => source.Pending).Where(pending => users.Matches(pending.Ids)))
        {
            pending.IsUserDeleted = true;
            if (eventsInFlight.Contains(pending))
            {
                userEventsInFlight.Add(pending);
            }
            else
            {
                pending.Filter(completed);
            }
        }

        Forget(completed);
        return (completed, userEventsInFlight);
    }

    /// <summary>Ends every source.</summary>
    public List<EventCompletion> EndAll(DeliveryFailure failure)
    {
        List<EventCompletion> completed = [.. sources.SelectMany(source => End(source, failure))];
        foreach (Upload upload in inFlight)
        {
            upload.Cancel();
        }

        return completed;
    }

    /// <summary>Gives up the events of an upload whose end could not be handled. Other events of the users continue.</summary>
    public List<EventCompletion> Abandon(Upload upload, TimeSpan now)
    {
        List<EventCompletion> completed = [];
        if (inFlight.Contains(upload))
        {
            RemoveFromFlight(upload, response: null);
        }

        foreach (PendingRecord record in upload.Records)
        {
            record.Event.Fail(DeliveryFailure.InternalError, completed);
        }

        SettleSuspects(upload, int.MaxValue);
        Forget(completed);
        foreach (SuspectPart part in upload.Parts)
        {
            Release(part.User.Current(), now);
        }

        return completed;
    }

    /// <summary>Ends the calls whose deadline has passed.</summary>
    public List<EventCompletion> Expire(TimeSpan now)
    {
        List<EventCompletion> completed = [];
        foreach (DeliverySource source in sources.FindAll(source => source.Deadline <= now && source.EndedBy is null))
        {
            End(source, DeliveryFailure.Deadline, completed);
        }

        Forget(completed);
        return completed;
    }

    /// <summary>Counts a failed attempt of each call.</summary>
    /// <returns>Whether a call has used the attempts of one event, so that the next attempts are those with others.</returns>
    private bool CountAttempt()
    {
        List<DeliverySource> calls = OpenCalls();
        calls.ForEach(static call => call.Attempts++);
        return calls.Exists(call => call.Attempts >= call.MaxAttempts);
    }

    /// <summary>Ends the calls that have used all their attempts, or whose deadline is before the next attempt.</summary>
    /// <returns>Whether no event is pending any more.</returns>
    private bool EndCalls(DeliveryFailure failure, TimeSpan delay, TimeSpan now, List<EventCompletion> completed)
    {
        // No event can be the cause of a failure to connect.
        int attemptsWithOthers = failure.Reason == UndeliveredReason.NotConnected ? 0 : AttemptsWithOthers;
        foreach (DeliverySource source in OpenCalls())
        {
            if (source.Attempts - attemptsWithOthers >= source.MaxAttempts || source.IsTooLate(now, delay))
            {
                End(source, failure, completed);
            }
        }

        return Pending == completed.Count;
    }

    private List<DeliverySource> OpenCalls() =>
        sources.FindAll(source => !source.KeepsEvents && source.Count > 0 && source.EndedBy is null);

    /// <summary>Ends a source: events that are not in flight get their outcome now, those in flight get it with the response.</summary>
    private void End(DeliverySource source, DeliveryFailure failure, List<EventCompletion> completed)
    {
        source.EndedBy ??= failure;
        HashSet<PendingEvent> eventsInFlight = EventsInFlight();
        HashSet<UserQueue> failedUsers = [];
        foreach (PendingEvent pending in source.Pending)
        {
            if (!eventsInFlight.Contains(pending))
            {
                bool isFirst = failedUsers.Add(pending.User.Current());
                DeliveryFailure defaultFailure = isFirst ? failure : DeliveryFailure.SkippedToPreserveOrder;
                pending.Fail(FailureOf(pending, failure) ?? defaultFailure, completed);
            }
        }
    }

    /// <summary>Returns the events in flight.</summary>
    private HashSet<PendingEvent> EventsInFlight() => [.. inFlight.SelectMany(upload => upload.Records).Select(record => record.Event)];

    /// <summary>Returns the failure of an event itself; null if no upload of the event has failed.</summary>
    private static DeliveryFailure? FailureOf(PendingEvent pending, DeliveryFailure failure) =>
        failure.EndsAll ? failure : pending.LastFailure;
}
