namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Where events come from: a call of SendAsync, which ends, or a queue, which keeps its events until they have a final outcome. The
/// engine changes it under its lock.
/// </summary>
/// <param name="completed">Called with each final outcome, outside the engine's lock. It must not throw.</param>
internal sealed class DeliverySource(Action<EventCompletion> completed)
{
    private readonly LinkedList<PendingEvent> pending = [];

    /// <summary>Whether events wait as long as it takes: neither refused credentials nor a service that is down makes them final.</summary>
    public bool KeepsEvents { get; init; }

    /// <summary>Whether an event with a message id that was seen before is filtered.</summary>
    public bool FiltersDuplicates { get; init; } = true;

    /// <summary>How many attempts a call makes before it gives its events up.</summary>
    public int MaxAttempts { get; init; } = int.MaxValue;

    /// <summary>How long after its first failure a queue keeps a record that fails while others succeed.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.MaxValue;

    /// <summary>How often such a record must have failed before a queue gives it up.</summary>
    public int MinAttempts { get; init; } = 1;

    /// <summary>How long a queue waits after CleverTap has refused the credentials.</summary>
    public TimeSpan UnauthorizedPause { get; init; }

    /// <summary>
    /// Called when nothing is sent for some time, outside the engine's lock; its argument says whether CleverTap refuses the credentials.
    /// It must not throw.
    /// </summary>
    public Action<bool>? OnPaused { get; init; }

    /// <summary>When a call ends, since the engine's start.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.MaxValue;

    /// <summary>How many attempts have failed while CleverTap was down or throttled.</summary>
    public int Attempts { get; set; }

    /// <summary>Why the source takes no more events; null while it does.</summary>
    public DeliveryFailure? EndedBy { get; set; }

    /// <summary>The events without a final outcome, in order.</summary>
    public IReadOnlyCollection<PendingEvent> Pending => pending;

    public void Add(PendingEvent rudderEvent) => rudderEvent.Node = pending.AddLast(rudderEvent);

    /// <summary>The event has its outcome. False if it was removed before.</summary>
    public bool Remove(PendingEvent rudderEvent)
    {
        if (rudderEvent.Node is not { } node)
        {
            return false;
        }

        rudderEvent.Node = null;
        pending.Remove(node);
        return true;
    }

    public void Complete(EventCompletion completion) => completed(completion);

    /// <summary>Whether a record of this source that failed alone is given up.</summary>
    public bool GivesUp(PendingEvent rudderEvent, TimeSpan now, TimeSpan delay)
    {
        if (!KeepsEvents)
        {
            return rudderEvent.Attempts + rudderEvent.Throttles >= MaxAttempts || IsTooLate(now, delay);
        }

        return rudderEvent.Attempts >= MinAttempts && now - rudderEvent.FirstFailure >= GiveUpAfter;
    }

    /// <summary>Whether another attempt after this wait would begin behind the deadline.</summary>
    public bool IsTooLate(TimeSpan now, TimeSpan delay) => Deadline != TimeSpan.MaxValue && now + delay >= Deadline;
}
