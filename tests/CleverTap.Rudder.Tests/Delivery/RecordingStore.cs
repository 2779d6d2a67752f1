namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>A store that counts the events that were read and settled.</summary>
internal sealed class RecordingStore(IEventStore inner) : IEventStore
{
    private int read;
    private int settled;

    public long Waiting => inner.Waiting;

    public bool IsFull => inner.IsFull;

    public bool IsDurable => inner.IsDurable;

    public int Settled => Volatile.Read(ref settled);

    /// <summary>The number of events that were read and are not settled.</summary>
    public int Open => Volatile.Read(ref read) - Settled;

    /// <summary>The maximum number of events that were open at a time.</summary>
    public int MaxOpen { get; private set; }

    public async ValueTask<IReadOnlyList<QueuedEvent>> ReadAsync(int maxCount, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueuedEvent> events = await inner.ReadAsync(maxCount, cancellationToken);
        Interlocked.Add(ref read, events.Count);
        MaxOpen = Math.Max(MaxOpen, Open);
        return events;
    }

    public async ValueTask<bool> SettleAsync(IReadOnlyList<SettledEvent> events, CancellationToken deadline)
    {
        bool isSettled = await inner.SettleAsync(events, deadline);
        Interlocked.Add(ref settled, events.Count);
        return isSettled;
    }

    public ValueTask<IReadOnlyList<QueuedEvent>> TakeAsync(UserSet users, IReadOnlySet<long> open) => inner.TakeAsync(users, open);

    public void Return(IReadOnlyList<QueuedEvent> events) => inner.Return(events);
}
