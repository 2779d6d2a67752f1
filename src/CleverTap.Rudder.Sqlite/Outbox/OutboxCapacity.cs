namespace CleverTap.Rudder;

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
    public void Occupy(long size)
    {
        lock (gate)
        {
            Take(size);
        }
    }

    /// <summary>Lets an event in once there is room.</summary>
    /// <param name="size">Its bytes.</param>
    /// <param name="enter">Called when it enters, one event at a time.</param>
    /// <param name="mayWait">Whether it may wait for room.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False if there is no room and it may not wait, or the outbox is closed.</returns>
    /// <exception cref="OperationCanceledException">It gave up; <paramref name="enter"/> is not called.</exception>
    public async ValueTask<bool> EnterAsync(int size, Action enter, bool mayWait, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> waiter;
        lock (gate)
        {
            if (line.Count == 0 && HasRoom(size))
            {
                Take(size);
                enter();
                return true;
            }

            if (!mayWait || isClosed)
            {
                return false;
            }

            var entered = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiter = line.AddLast(new Waiter(size, enter, entered));
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
                waiter.Entered.SetResult(false);
            }

            line.Clear();
        }
    }

    /// <summary>Events have left the outbox.</summary>
    public void Leave(int count, long size)
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
        while (line.First is { } first && HasRoom(first.Value.Size))
        {
            line.RemoveFirst();
            Take(first.Value.Size);
            first.Value.Enter();
            first.Value.Entered.SetResult(true);
        }
    }

    private bool HasRoom(int size) => events == 0 || (events < maxEvents && bytes + size <= maxBytes);

    private void Take(long size)
    {
        events++;
        bytes += size;
    }

    private readonly record struct Waiter(int Size, Action Enter, TaskCompletionSource<bool> Entered);
}
