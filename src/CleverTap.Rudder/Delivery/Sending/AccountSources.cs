using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>The way of one call or one worker to its accounts: a source of its own in the engine of each. Thread-safe.</summary>
internal sealed class AccountSources
{
    private readonly IDeliveryTarget target;
    private readonly IReadOnlyList<CleverTapDestination> accounts;
    private readonly DeliverySource[] sources;
    private readonly int[] pending;

    /// <param name="target">What the events are delivered to.</param>
    /// <param name="completed">Called with each final outcome of a submitted event. It must not throw.</param>
    /// <param name="create">Creates the source of an account; its argument is what the source calls with final outcomes.</param>
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
    /// How many events wait for accounts that do not respond or refuse the credentials, so that the events of the others may pass them; 0
    /// if no account is without such trouble.
    /// </summary>
    public int PausedEvents
    {
        get
        {
            if (sources.Length == 1)
            {
                return 0;
            }

            int heldUp = 0;
            bool doesAnyRun = false;
            for (int index = 0; index < sources.Length; index++)
            {
                bool isHeldUp = accounts[index].Engine.IsPaused;
                heldUp += isHeldUp ? Volatile.Read(ref pending[index]) : 0;
                doesAnyRun |= !isHeldUp;
            }

            return doesAnyRun ? heldUp : 0;
        }
    }

    /// <summary>Registers the sources. False if an engine is disposed.</summary>
    public bool Open()
    {
        bool isOpen = true;
        ForEach((engine, source) => isOpen &= engine.Open(source));
        return isOpen;
    }

    /// <summary>Chooses the account and maps the event for it.</summary>
    /// <param name="index">Its place among the events of the call or worker.</param>
    /// <param name="rudderEvent">The event; a list that was read from JSON can hold nulls, whatever its type says.</param>
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

    /// <summary>Submits prepared events, each to its account.</summary>
    public void Submit(List<PendingEvent> events)
    {
        for (int index = 0; index < sources.Length; index++)
        {
            DeliverySource source = sources[index];
            List<PendingEvent> own = sources.Length == 1 ? events : events.FindAll(one => one.Source == source);
            if (own.Count > 0)
            {
                Interlocked.Add(ref pending[index], own.Count);
                accounts[index].Engine.Submit(own);
            }
        }
    }

    /// <summary>Reports the outcomes of events that are not sent.</summary>
    public static void Report(IEnumerable<PreparedEvent> final)
    {
        foreach (IGrouping<IDeliveryTarget, PreparedEvent> same in final.GroupBy(prepared => prepared.Reporter))
        {
            same.Key.Report([.. same.Select(prepared => prepared.Outcome!)]);
        }
    }

    /// <summary>The pending events get this outcome.</summary>
    public void End(DeliveryFailure failure) => ForEach((engine, source) => engine.End(source, failure));

    /// <summary>The pending events of the accounts that refuse the credentials get this outcome.</summary>
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

    /// <summary>Lets what is in flight finish; the other events get this outcome now, and those in flight if they fail.</summary>
    public void Withdraw(DeliveryFailure failure) => ForEach((engine, source) => engine.Withdraw(source, failure));

    private void ForEach(Action<DeliveryEngine, DeliverySource> act)
    {
        for (int index = 0; index < sources.Length; index++)
        {
            act(accounts[index].Engine, sources[index]);
        }
    }
}
