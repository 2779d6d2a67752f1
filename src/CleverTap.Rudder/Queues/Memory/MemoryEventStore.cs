using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Keeps events in memory, up to a capacity. Thread-safe.</summary>
/// <param name="capacity">The maximum number of events that are not settled, including those in flight.</param>
/// <param name="changed">Called when an event was added or settled.</param>
internal sealed class MemoryEventStore(int capacity, Action changed) : IEventStore
{
    private readonly object gate = new();
    private readonly Queue<QueuedEvent> waiting = new();
    private readonly LinkedList<(RudderEvent Event, TaskCompletionSource<bool> Entered)> waitingWriters = [];
    private readonly List<QueuedEvent> returned = [];
    private long added;
    private int count;
    private bool isClosed;

    public long Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    public bool IsDurable => false;

    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                return count >= capacity;
            }
        }
    }

    /// <summary>Called with the number of each added event, before the event can be read.</summary>
    public required Action<long> OnAdded { get; init; }

    public bool IsClosed
    {
        get
        {
            lock (gate)
            {
                return isClosed;
            }
        }
    }

    /// <summary>Adds an event.</summary>
    /// <param name="rudderEvent">The event.</param>
    /// <param name="mayWait">Whether the call may wait for capacity; waiting events are added in the order of the calls.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False if the queue is full and the call may not wait, or if the queue is closed.</returns>
    /// <exception cref="OperationCanceledException">The token fired; the event was not added.</exception>
    public async ValueTask<bool> AppendAsync(RudderEvent rudderEvent, bool mayWait, CancellationToken cancellationToken)
    {
        LinkedListNode<(RudderEvent Event, TaskCompletionSource<bool> Entered)> node;
        lock (gate)
        {
            if (isClosed)
            {
                return false;
            }

            if (waitingWriters.Count == 0 && count < capacity)
            {
                Add(rudderEvent);
                changed();
                return true;
            }

            if (!mayWait)
            {
                return false;
            }

            node = waitingWriters.AddLast(
                (rudderEvent, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously))
            );
        }

        changed();
        using (cancellationToken.Register(() => CancelWait(node, cancellationToken)))
        {
            return await node.Value.Entered.Task.ConfigureAwait(false);
        }
    }

    public ValueTask<IReadOnlyList<QueuedEvent>> ReadAsync(int maxCount, CancellationToken cancellationToken)
    {
        List<QueuedEvent> read = [];
        lock (gate)
        {
            while (read.Count < maxCount && waiting.TryDequeue(out QueuedEvent? next))
            {
                read.Add(next);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<QueuedEvent>>(read);
    }

    public ValueTask<IReadOnlyList<QueuedEvent>> TakeAsync(UserSet users, IReadOnlySet<long> open)
    {
        List<QueuedEvent> taken = [];
        lock (gate)
        {
            for (int remaining = waiting.Count; remaining > 0; remaining--)
            {
                QueuedEvent next = waiting.Dequeue();
                if (next.BelongsTo(users))
                {
                    taken.Add(next);
                }
                else
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<QueuedEvent>>(taken);
    }

    public ValueTask<bool> SettleAsync(IReadOnlyList<SettledEvent> events, CancellationToken deadline)
    {
        lock (gate)
        {
            count -= events.Count;
            while (count < capacity && waitingWriters.First is { } first)
            {
                waitingWriters.RemoveFirst();
                Add(first.Value.Event);
                first.Value.Entered.TrySetResult(true);
            }
        }

        return ValueTask.FromResult(true);
    }

    public void Return(IReadOnlyList<QueuedEvent> events)
    {
        lock (gate)
        {
            returned.AddRange(events);
        }
    }

    /// <summary>Rejects all further events, also those that wait for capacity.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach ((_, TaskCompletionSource<bool> entered) in waitingWriters)
            {
                entered.TrySetResult(false);
            }

            waitingWriters.Clear();
        }
    }

    /// <summary>Removes and returns the undelivered events in order: those that were returned, and those that were not read.</summary>
    public List<RudderEvent> TakeRemaining()
    {
        lock (gate)
        {
            List<RudderEvent> remaining = [.. returned.Concat(waiting).OrderBy(stored => stored.Number).Select(stored => stored.Event!)];
            returned.Clear();
            waiting.Clear();
            return remaining;
        }
    }

    private void Add(RudderEvent rudderEvent)
    {
        OnAdded(added);
        waiting.Enqueue(new QueuedEvent(added++, default, rudderEvent));
        count++;
    }

    private void CancelWait(
        LinkedListNode<(RudderEvent Event, TaskCompletionSource<bool> Entered)> node,
        CancellationToken cancellationToken
    )
    {
        lock (gate)
        {
            if (node.List is not null)
            {
                waitingWriters.Remove(node);
                node.Value.Entered.TrySetCanceled(cancellationToken);
            }
        }
    }
}
