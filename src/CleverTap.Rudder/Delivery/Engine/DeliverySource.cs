namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// A source of events: a call of SendAsync, which ends, or a queue, which keeps its events until they have a final outcome. The engine
/// changes it under its lock.
/// </summary>
/// <param name="completed">Called with each final outcome, outside the engine's lock. It must not throw.</param>
internal sealed class DeliverySource(Action<EventCompletion> completed)
{
    /// <summary>The number of final events that may stay in the list besides as many as are pending.</summary>
    private const int MinFinal = 64;

    private readonly List<PendingEvent> events = [];

    /// <summary>Whether the source is a queue: refused credentials and outages end none of its events.</summary>
    /// <remarks>A record that fails alone is given up after <see cref="GiveUpAfter"/>.</remarks>
    public bool KeepsEvents { get; init; }

    /// <summary>Whether an event whose message id was seen before is filtered.</summary>
    public bool FiltersDuplicates { get; init; } = true;

    /// <summary>The number of attempts after which a call gives an event up.</summary>
    public int MaxAttempts { get; init; } = int.MaxValue;

    /// <summary>The time after its first failure for which a queue keeps a record that fails while others succeed.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.MaxValue;

    /// <summary>The number of failures before a queue may give such a record up.</summary>
    public int MinAttempts { get; init; } = 1;

    /// <summary>The time for which a queue pauses after CleverTap has refused the credentials.</summary>
    public TimeSpan UnauthorizedPause { get; init; }

    /// <summary>
    /// Called outside the engine's lock when sending is paused, or when each user with pending events fails. The argument is true if
    /// CleverTap refuses the credentials. It must not throw.
    /// </summary>
    public Action<bool>? OnPaused { get; init; }

    /// <summary>The deadline of a call, as the time since the engine's start.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.MaxValue;

    /// <summary>The number of attempts in a row that have failed while none succeeded.</summary>
    public int Attempts { get; set; }

    /// <summary>The reason why the source accepts no more events; null while it accepts events.</summary>
    public DeliveryFailure? EndedBy { get; set; }

    /// <summary>The events without a final outcome, in order.</summary>
    public IEnumerable<PendingEvent> Pending => events.Where(rudderEvent => !rudderEvent.IsFinal);

    /// <summary>The number of events that were added and not removed.</summary>
    public int Count { get; private set; }

    public void Add(PendingEvent rudderEvent)
    {
        rudderEvent.IsOpen = true;
        events.Add(rudderEvent);
        Count++;
    }

    /// <summary>Removes an event that has its outcome. Returns false if it was removed before.</summary>
    /// <remarks>
    /// Final events leave the list together, when they are most of it or all of it, because each removal moves the others.
    /// </remarks>
    public bool Remove(PendingEvent rudderEvent)
    {
        if (!rudderEvent.IsOpen)
        {
            return false;
        }

        rudderEvent.IsOpen = false;
        Count--;
        if (Count == 0 || events.Count - Count > Count + MinFinal)
        {
            events.RemoveAll(static added => !added.IsOpen);
        }

        return true;
    }

    public void Complete(EventCompletion completion) => completed(completion);

    /// <summary>Whether an event of this source with a record that failed alone is given up.</summary>
    public bool GivesUp(PendingEvent rudderEvent, TimeSpan now, TimeSpan delay)
    {
        FailureHistory failures = rudderEvent.Failures;
        if (!KeepsEvents)
        {
            return failures.Attempts + failures.Throttles >= MaxAttempts || IsTooLate(now, delay);
        }

        return failures.Attempts >= MinAttempts && now - failures.First >= GiveUpAfter;
    }

    /// <summary>Whether another attempt after this delay would begin after the deadline.</summary>
    public bool IsTooLate(TimeSpan now, TimeSpan delay) => Deadline != TimeSpan.MaxValue && now + delay >= Deadline;
}
