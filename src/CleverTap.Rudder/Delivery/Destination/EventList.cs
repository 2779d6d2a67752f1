namespace CleverTap.Rudder;

/// <summary>Sends a list of events as one operation.</summary>
internal static class EventList
{
    public static async Task<DeliveryReport> SendAsync(IDeliveryTarget target, IReadOnlyList<RudderEvent> events, CancellationToken cancellationToken)
    {
        DateTimeOffset arrived = target.Now;
        var outcomes = new EventOutcome[events.Count];
        SendOperation operation = new(target, outcome => outcomes[outcome.Index] = outcome, maxWindowsAhead: null, cancellationToken);
        await using (operation.ConfigureAwait(false))
        {
            for (int index = 0; index < events.Count;)
            {
                int count = Math.Min(events.Count - index, await operation.RoomAsync().ConfigureAwait(false));
                operation.Add(Enumerable.Range(index, count).Select(place => target.Arrived(events[place], arrived)));
                index += count;
            }

            await operation.CompleteAsync().ConfigureAwait(false);
        }

        return new DeliveryReport(outcomes);
    }
}
