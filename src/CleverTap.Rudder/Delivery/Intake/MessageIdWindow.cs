namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>The message ids that were seen lately, as many and as long as the option says. Thread-safe.</summary>
internal sealed class MessageIdWindow(DeduplicationWindow window, TimeProvider time)
{
    private readonly object gate = new();
    private readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long At)> order = new();

    /// <summary>False if the id was seen before. An event without an id is never a duplicate.</summary>
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

            // An id that was removed and seen again has a later place in the order.
            if (seen.TryGetValue(oldest.Id, out long at) && at == oldest.At)
            {
                seen.Remove(oldest.Id);
            }
        }
    }
}
