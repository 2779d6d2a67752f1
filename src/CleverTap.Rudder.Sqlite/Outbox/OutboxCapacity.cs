namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>
/// Limits the number and the bytes of the events that are not settled. Events that find the outbox full wait in the order of the calls.
/// Thread-safe.
/// </summary>
/// <param name="maxEvents">The maximum number of events.</param>
/// <param name="maxBytes">The maximum total size of the events, in bytes.</param>
/// <param name="onFull">Called when an event starts to wait because the outbox is full.</param>
internal sealed class OutboxCapacity(long maxEvents, long maxBytes, Action onFull)
{
    private readonly object gate = new();
    private readonly LinkedList<Waiter> waiters = [];
    private long events;
    private long bytes;
    private bool isClosed;

    /// <summary>The number of events that the outbox holds.</summary>
    public long Events
    {
        get
        {
            lock (gate)
            {
                return events;
            }
        }
    }

    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                return waiters.Count > 0 || !Fits(1);
            }
        }
    }

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

    /// <summary>Counts an event that is in the file already, even beyond the limits.</summary>
    public void Add(long size)
    {
        lock (gate)
        {
            AddLocked(size);
        }
    }

    /// <summary>Reserves capacity for events, in their order, up to the first one that does not fit.</summary>
    /// <param name="sizes">The bytes of each event.</param>
    /// <param name="onReserved">Called with the number of events, one call at a time, in the order of the reservations.</param>
    /// <param name="canWait">Whether to wait until the first event fits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The number of events; 0 if the outbox is closed, or if the first event does not fit and may not wait.</returns>
    /// <exception cref="OperationCanceledException">The token fired; <paramref name="onReserved"/> is not called.</exception>
    public async ValueTask<int> ReserveAsync(
        IReadOnlyList<int> sizes,
        Action<int> onReserved,
        bool canWait,
        CancellationToken cancellationToken
    )
    {
        LinkedListNode<Waiter> waiter;
        lock (gate)
        {
            if (waiters.Count == 0 && Fits(sizes[0]))
            {
                return Reserve(sizes, onReserved);
            }

            if (!canWait || isClosed)
            {
                return 0;
            }

            var reserved = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiter = waiters.AddLast(new Waiter(sizes, onReserved, reserved));
        }

        onFull();
        using (cancellationToken.Register(() => Cancel(waiter, cancellationToken)))
        {
            return await waiter.Value.Reserved.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Rejects the events that wait, and those that would have to wait later.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (Waiter waiter in waiters)
            {
                waiter.Reserved.SetResult(0);
            }

            waiters.Clear();
        }
    }

    /// <summary>Releases the capacity of events that left the outbox, and admits waiting events.</summary>
    public void Release(int count, long size)
    {
        lock (gate)
        {
            events -= count;
            bytes -= size;
            AdmitWaiters();
        }
    }

    private void Cancel(LinkedListNode<Waiter> waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiter.List is not null)
            {
                waiters.Remove(waiter);
                waiter.Value.Reserved.SetCanceled(cancellationToken);
                AdmitWaiters();
            }
        }
    }

    private void AdmitWaiters()
    {
        while (waiters.First is { } first && Fits(first.Value.Sizes[0]))
        {
            waiters.RemoveFirst();
            first.Value.Reserved.SetResult(Reserve(first.Value.Sizes, first.Value.OnReserved));
        }
    }

    private int Reserve(IReadOnlyList<int> sizes, Action<int> onReserved)
    {
        int count = 0;
        while (count < sizes.Count && Fits(sizes[count]))
        {
            AddLocked(sizes[count]);
            count++;
        }

        onReserved(count);
        return count;
    }

    /// <summary>Whether an event fits. An empty outbox accepts any event, so that one larger than the limit is not stuck.</summary>
    private bool Fits(int size) => events == 0 || (events < maxEvents && bytes + size <= maxBytes);

    private void AddLocked(long size)
    {
        events++;
        bytes += size;
    }

    private readonly record struct Waiter(IReadOnlyList<int> Sizes, Action<int> OnReserved, TaskCompletionSource<int> Reserved);
}
