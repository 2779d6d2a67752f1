using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>An event of a store.</summary>
/// <param name="Number">The number of the event in the store; later events have greater numbers.</param>
/// <param name="Json">The event as JSON if the store keeps JSON; empty otherwise.</param>
/// <param name="Event">The event; null if the JSON is not an event.</param>
/// <param name="Error">The error of the JSON; null if it is an event.</param>
/// <param name="Origin">Data that only the store uses.</param>
internal sealed record QueuedEvent(
    long Number,
    ReadOnlyMemory<byte> Json,
    RudderEvent? Event,
    EventError? Error = null,
    object? Origin = null
)
{
    /// <summary>Whether the event belongs to one of these users.</summary>
    public bool BelongsTo(UserSet users) => Event is null ? users.Matches(Json) : users.Matches(UserPartitioner.IdsOf(Event));
}
