namespace CleverTap.Rudder;

/// <summary>
/// How much may wait: so many events and so many bytes. Whoever finds no room stands in line, so that events enter in the
/// order in which they came. Thread-safe.
/// </summary>
/// <param name="capacity">How many events.</param>
/// <param name="maxBytes">How many bytes of them.</param>
/// <param name="full">Is called when somebody finds no room.</param>
internal sealed class OutboxRoom(long capacity, long maxBytes, Action full)
{
    private readonly object gate = new();
    private readonly LinkedList<(int Size, Action Enter, TaskCompletionSource<bool> Entered)> line = [];
    private long events;
    private long bytes;
    private bool isClosed;

    /// <summary>How many wait.</summary>
    public long Events
    {
        get
        {
            lock (gate) return events;
        }
    }

    public bool IsClosed
    {
        get
        {
            lock (gate) return isClosed;
        }
    }

    /// <summary>Takes what is there already, whether there is room or not.</summary>
    public void Occupy(long moreEvents, long moreBytes)
    {
        lock (gate) (events, bytes) = (events + moreEvents, bytes + moreBytes);
    }

    /// <summary>Lets an event in once there is room.</summary>
    /// <param name="size">Its bytes.</param>
    /// <param name="enter">Is called the moment it may enter, one at a time.</param>
    /// <param name="mayWait">Whether it may stand in line.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    /// <returns>False where there is no room and it may not wait, or nobody makes room any more.</returns>
    /// <exception cref="OperationCanceledException">It has left the line; <paramref name="enter"/> was not called and will not be.</exception>
    public async ValueTask<bool> EnterAsync(int size, Action enter, bool mayWait, CancellationToken cancellationToken)
    {
        LinkedListNode<(int Size, Action Enter, TaskCompletionSource<bool> Entered)> place;
        lock (gate)
        {
            if (line.Count == 0 && HasRoom(size))
            {
                Take(size);
                enter();
                return true;
            }

            full();
            if (!mayWait || isClosed) return false;
            place = line.AddLast((size, enter, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        using (cancellationToken.Register(() => LeaveLine(place, cancellationToken))) return await place.Value.Entered.Task.ConfigureAwait(false);
    }

    /// <summary>Nobody makes room any more: those in line are turned away, and nobody stands in it again.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach ((_, _, TaskCompletionSource<bool> entered) in line) entered.SetResult(false);
            line.Clear();
        }
    }

    /// <summary>Events are gone.</summary>
    public void Leave(long count, long size)
    {
        lock (gate)
        {
            (events, bytes) = (events - count, bytes - size);
            Advance();
        }
    }

    private void LeaveLine(LinkedListNode<(int Size, Action Enter, TaskCompletionSource<bool> Entered)> place, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (place.List is null) return;
            line.Remove(place);
            place.Value.Entered.SetCanceled(cancellationToken);
            Advance();
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

    private bool HasRoom(int size) => events == 0 || (events < capacity && bytes + size <= maxBytes);

    private void Take(int size) => (events, bytes) = (events + 1, bytes + size);
}
