namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Checks the events of one call before the first one is enqueued.</summary>
internal static class EventBatch
{
    /// <exception cref="ArgumentException">One of the events is null.</exception>
    public static RudderEvent[] ToArray(IEnumerable<RudderEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        RudderEvent[] batch = [.. events];
        int missing = Array.IndexOf(batch, null);
        return missing < 0 ? batch : throw new ArgumentException($"The event at index {missing} is null.", nameof(events));
    }
}
