namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Stores the message ids of recent events, up to the count and time of the option. Thread-safe.</summary>
internal sealed class MessageIdWindow(DeduplicationWindow window, TimeProvider time)
{
    private readonly object gate = new();
    private readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long At)> order = new();

    /// <summary>Adds an id. Returns false if it was seen before; an event without an id is never a duplicate.</summary>
    public bool TryAdd(string? messageId)
    {
        if (string.IsNullOrEmpty(messageId))
        {
            return true;
        }

        lock (gate)
        {
            Expire();
            long now = time.GetTimestamp();
            if (!seen.TryAdd(messageId, now))
            {
                return false;
            }

            order.Enqueue((messageId, now));
            return true;
        }
    }

    /// <summary>Removes an id, so that its event may be sent again.</summary>
    public void Remove(string? messageId)
    {
        if (string.IsNullOrEmpty(messageId))
        {
            return;
        }

        lock (gate)
        {
            seen.Remove(messageId);
        }
    }

    private void Expire()
    {
        while (
            order.TryPeek(out (string Id, long At) oldest) && (order.Count >= window.Count || time.GetElapsedTime(oldest.At) >= window.Time)
        )
        {
            order.Dequeue();

            // An id that was removed and added again has a later entry in the order.
            if (seen.TryGetValue(oldest.Id, out long at) && at == oldest.At)
            {
                seen.Remove(oldest.Id);
            }
        }
    }
}
