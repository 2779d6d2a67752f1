using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Events in memory, up to a capacity that counts them until they are settled. Thread-safe.</summary>
/// <param name="capacity">How many events may be in the queue, those in flight included.</param>
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

    /// <summary>Called with the number of each event that enters, before anybody can read it.</summary>
    public required Action<long> Entered { get; init; }

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
    /// <param name="mayWait">Whether it may wait for room; those that wait enter in their order.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False if there is no room, or will be none because the queue ends.</returns>
    /// <exception cref="OperationCanceledException">The token fired; the event was not added.</exception>
    public async ValueTask<bool> AppendAsync(RudderEvent rudderEvent, bool mayWait, CancellationToken cancellationToken)
    {
        LinkedListNode<(RudderEvent Event, TaskCompletionSource<bool> Entered)> place;
        lock (gate)
        {
            if (isClosed)
            {
                return false;
            }

            if (waitingWriters.Count == 0 && count < capacity)
            {
                Enter(rudderEvent);
                changed();
                return true;
            }

            if (!mayWait)
            {
                return false;
            }

            place = waitingWriters.AddLast((rudderEvent, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        changed();
        using (cancellationToken.Register(() => Leave(place, cancellationToken)))
        {
            return await place.Value.Entered.Task.ConfigureAwait(false);
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
            for (int left = waiting.Count; left > 0; left--)
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
                Enter(first.Value.Event);
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

    /// <summary>Takes no more events.</summary>
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

    /// <summary>Takes out what was not delivered, in order: what came back, and what was not read.</summary>
    public List<RudderEvent> TakeRemaining()
    {
        lock (gate)
        {
            List<RudderEvent> left = [.. returned.Concat(waiting).OrderBy(stored => stored.Number).Select(stored => stored.Event!)];
            returned.Clear();
            waiting.Clear();
            return left;
        }
    }

    private void Enter(RudderEvent rudderEvent)
    {
        Entered(added);
        waiting.Enqueue(new QueuedEvent(added++, default, rudderEvent));
        count++;
    }

    private void Leave(LinkedListNode<(RudderEvent Event, TaskCompletionSource<bool> Entered)> place, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                waitingWriters.Remove(place);
                place.Value.Entered.TrySetCanceled(cancellationToken);
            }
        }
    }
}
