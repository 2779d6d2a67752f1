namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Reads a stream of events, and submits them to an operation as far as it has capacity.</summary>
internal sealed class StreamReading(SendOperation operation, IDeliveryTarget target, IAsyncEnumerator<RudderEvent> stream)
    : IAsyncDisposable
{
    private readonly List<RudderEvent> read = [];

    /// <summary>Reads to the end of the stream, or until the caller reads no more outcomes.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        bool hasMore = true;
        while (hasMore && !cancellationToken.IsCancellationRequested)
        {
            int capacity = await operation.WaitForCapacityAsync().ConfigureAwait(false);
            hasMore = capacity > 0 && await ReadAsync(capacity).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <summary>
    /// Reads and submits events. Returns false at the end of the stream. Events that were read are submitted if it throws.
    /// </summary>
    private async ValueTask<bool> ReadAsync(int capacity)
    {
        try
        {
            for (int count = 0; count < capacity; count++)
            {
                if (!await MoveNextAsync().ConfigureAwait(false))
                {
                    return false;
                }

                read.Add(target.WithArrivalTime(stream.Current, target.Now));
            }

            return true;
        }
        finally
        {
            Submit();
        }
    }

    /// <summary>Moves to the next event. If the stream makes the caller wait, the events that were read are submitted meanwhile.</summary>
    private ValueTask<bool> MoveNextAsync()
    {
        ValueTask<bool> next = stream.MoveNextAsync();
        if (!next.IsCompleted)
        {
            Submit();
        }

        return next;
    }

    private void Submit()
    {
        if (read.Count > 0)
        {
            operation.Add(read.Count, index => read[index]);
            read.Clear();
        }
    }
}
