namespace CleverTap.Rudder.Internal.Queues;

/// <summary>The events of one call, checked before the first is taken.</summary>
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
