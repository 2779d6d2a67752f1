using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>The sources of one call or one worker: one in the engine of each account. Thread-safe.</summary>
internal sealed class AccountSources
{
    /// <summary>How many events of paused accounts may exceed the window.</summary>
    private const int MaxPausedEvents = 100_000;

    /// <summary>How many events of users that all fail may exceed the window.</summary>
    private const int MaxStuckEvents = 10_000;

    private readonly IDeliveryTarget target;
    private readonly IReadOnlyList<CleverTapDestination> accounts;
    private readonly DeliverySource[] sources;
    private readonly int[] pending;

    /// <param name="target">The target of the events.</param>
    /// <param name="completed">Called with each final outcome of a submitted event. It must not throw.</param>
    /// <param name="create">Creates the source of an account. The source calls the second argument with each final outcome.</param>
    public AccountSources(
        IDeliveryTarget target,
        Action<EventCompletion> completed,
        Func<CleverTapDestination, Action<EventCompletion>, DeliverySource> create
    )
    {
        this.target = target;
        accounts = target.Accounts;
        pending = new int[accounts.Count];
        sources =
        [
            .. accounts.Select(
                (account, index) =>
                    create(
                        account,
                        completion =>
                        {
                            account.Intake.Completed(completion);
                            Interlocked.Decrement(ref pending[index]);
                            completed(completion);
                        }
                    )
            ),
        ];
    }

    /// <summary>Whether every account refuses the credentials.</summary>
    public bool AreUnauthorized => accounts.All(account => account.Engine.IsUnauthorized);

    /// <summary>
    /// The number of pending events of paused accounts, if other accounts are not paused; otherwise 0. This number of events may be read in
    /// addition, so that the other accounts get their events.
    /// </summary>
    private int PausedEvents
    {
        get
        {
            if (sources.Length == 1)
            {
                return 0;
            }

            int pausedEvents = 0;
            bool isAnyRunning = false;
            for (int index = 0; index < sources.Length; index++)
            {
                bool isPaused = accounts[index].Engine.IsPaused;
                pausedEvents += isPaused ? Volatile.Read(ref pending[index]) : 0;
                isAnyRunning |= !isPaused;
            }

            return isAnyRunning ? pausedEvents : 0;
        }
    }

    /// <summary>
    /// Returns how many more events may be submitted. Events of paused accounts do not count if other accounts are not paused. Nor do those
    /// of users that all fail if they leave too little of the window to the others.
    /// </summary>
    /// <param name="window">The maximum number of open events.</param>
    /// <param name="open">The number of events that were submitted and are not final or not settled.</param>
    /// <param name="enough">The number of events that suffices for the others.</param>
    public int Capacity(int window, long open, int enough)
    {
        int stuck = Math.Min(accounts.Sum(account => account.Engine.StuckEvents), MaxStuckEvents);
        long capacity = window - open + Math.Min(PausedEvents, MaxPausedEvents) + (window - stuck < enough ? stuck : 0);
        return (int)Math.Max(0, capacity);
    }

    /// <summary>Registers the sources. Returns false if an engine is disposed.</summary>
    public bool Open()
    {
        bool isOpen = true;
        ForEach((engine, source) => isOpen &= engine.Open(source));
        return isOpen;
    }

    /// <summary>Chooses the account and maps the event for it.</summary>
    /// <param name="index">The index of the event among the events of the call or worker.</param>
    /// <param name="rudderEvent">The event; a list that was read from JSON can contain nulls in spite of its type.</param>
    public PreparedEvent Prepare(long index, RudderEvent? rudderEvent)
    {
        RudderEvent? routed = rudderEvent;
        if (target.Route(ref routed, out int account) is { } result)
        {
            return new PreparedEvent(null, Outcome.FromUnmapped((int)index, rudderEvent?.MessageId, result), target);
        }

        PendingEvent? prepared = accounts[account].Intake.Prepare(sources[account], index, rudderEvent, routed, out EventOutcome? outcome);
        return new PreparedEvent(prepared, outcome, accounts[account]);
    }

    /// <summary>Submits each prepared event to its account.</summary>
    public void Submit(List<PendingEvent> events)
    {
        for (int index = 0; index < sources.Length; index++)
        {
            DeliverySource source = sources[index];
            List<PendingEvent> sourceEvents = sources.Length == 1 ? events : events.FindAll(one => one.Source == source);
            if (sourceEvents.Count > 0)
            {
                Interlocked.Add(ref pending[index], sourceEvents.Count);
                accounts[index].Engine.Submit(sourceEvents);
            }
        }
    }

    /// <summary>Reports the outcomes of events that are not sent.</summary>
    public static void Report(IEnumerable<PreparedEvent> final)
    {
        foreach (IGrouping<IDeliveryTarget, PreparedEvent> group in final.GroupBy(prepared => prepared.Reporter))
        {
            group.Key.Report([.. group.Select(prepared => prepared.Outcome!)]);
        }
    }

    /// <summary>Ends the sources: their pending events get this outcome.</summary>
    public void End(DeliveryFailure failure) => ForEach((engine, source) => engine.End(source, failure));

    /// <summary>Ends the sources of accounts that refuse the credentials: their pending events get this outcome.</summary>
    public void EndUnauthorized(DeliveryFailure failure) =>
        ForEach(
            (engine, source) =>
            {
                if (engine.IsUnauthorized)
                {
                    engine.End(source, failure);
                }
            }
        );

    /// <summary>Ends the sources: events that are not in flight get this outcome now, those in flight get it if they fail.</summary>
    public void Withdraw(DeliveryFailure failure) => ForEach((engine, source) => engine.Withdraw(source, failure));

    private void ForEach(Action<DeliveryEngine, DeliverySource> act)
    {
        for (int index = 0; index < sources.Length; index++)
        {
            act(accounts[index].Engine, sources[index]);
        }
    }
}
