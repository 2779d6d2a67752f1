namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>
/// How many events, and bytes of them, the outbox may hold until they are settled. Events that find it full wait in line, so that
/// they enter in the order of the calls. Thread-safe.
/// </summary>
/// <param name="maxEvents">How many events.</param>
/// <param name="maxBytes">How many bytes of them.</param>
/// <param name="full">Called when an event finds the outbox full.</param>
internal sealed class OutboxCapacity(long maxEvents, long maxBytes, Action full)
{
    private readonly object gate = new();
    private readonly LinkedList<Waiter> line = [];
    private long events;
    private long bytes;
    private bool isClosed;

    /// <summary>How many events the outbox holds.</summary>
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
                return line.Count > 0 || !HasRoom(1);
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

    /// <summary>Counts an event that is in the file, whether there is room or not.</summary>
    public void Add(long size)
    {
        lock (gate)
        {
            Take(size);
        }
    }

    /// <summary>Lets events in: as many, in their order, as there is room for once there is room for the first.</summary>
    /// <param name="sizes">Their bytes.</param>
    /// <param name="enter">Called with the number of events that enter, one call at a time.</param>
    /// <param name="mayWait">Whether they may wait for room.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many have entered; 0 if there is no room and they may not wait, or the outbox is closed.</returns>
    /// <exception cref="OperationCanceledException">They gave up; <paramref name="enter"/> is not called.</exception>
    public async ValueTask<int> ReserveAsync(IReadOnlyList<int> sizes, Action<int> enter, bool mayWait, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> waiter;
        lock (gate)
        {
            if (line.Count == 0 && HasRoom(sizes[0]))
            {
                return Enter(sizes, enter);
            }

            if (!mayWait || isClosed)
            {
                return 0;
            }

            var entered = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiter = line.AddLast(new Waiter(sizes, enter, entered));
        }

        full();
        using (cancellationToken.Register(() => GiveUp(waiter, cancellationToken)))
        {
            return await waiter.Value.Entered.Task.ConfigureAwait(false);
        }
    }

    /// <summary>No room will be made any more: events that wait for it, now or later, are turned away.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (Waiter waiter in line)
            {
                waiter.Entered.SetResult(0);
            }

            line.Clear();
        }
    }

    /// <summary>Events have left the outbox.</summary>
    public void Release(int count, long size)
    {
        lock (gate)
        {
            events -= count;
            bytes -= size;
            Advance();
        }
    }

    private void GiveUp(LinkedListNode<Waiter> waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiter.List is not null)
            {
                line.Remove(waiter);
                waiter.Value.Entered.SetCanceled(cancellationToken);
                Advance();
            }
        }
    }

    private void Advance()
    {
        while (line.First is { } first && HasRoom(first.Value.Sizes[0]))
        {
            line.RemoveFirst();
            first.Value.Entered.SetResult(Enter(first.Value.Sizes, first.Value.Enter));
        }
    }

    private int Enter(IReadOnlyList<int> sizes, Action<int> enter)
    {
        int count = 0;
        while (count < sizes.Count && HasRoom(sizes[count]))
        {
            Take(sizes[count]);
            count++;
        }

        enter(count);
        return count;
    }

    private bool HasRoom(int size) => events == 0 || (events < maxEvents && bytes + size <= maxBytes);

    private void Take(long size)
    {
        events++;
        bytes += size;
    }

    private readonly record struct Waiter(IReadOnlyList<int> Sizes, Action<int> Enter, TaskCompletionSource<int> Entered);
}
