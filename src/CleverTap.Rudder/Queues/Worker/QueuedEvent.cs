using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>An event of a store.</summary>
/// <param name="Number">Its number in the store; later events have greater ones.</param>
/// <param name="Json">The event as JSON if the store keeps it so; empty otherwise.</param>
/// <param name="Event">The event; null if the JSON is not one.</param>
/// <param name="Error">What is wrong with the JSON; null if it is an event.</param>
/// <param name="Origin">What the store itself wants to know of it.</param>
internal sealed record QueuedEvent(
    long Number,
    ReadOnlyMemory<byte> Json,
    RudderEvent? Event,
    EventError? Error = null,
    object? Origin = null
)
{
    /// <summary>Whether the event is one of these users'.</summary>
    public bool BelongsTo(UserSet users) => Event is null ? users.Matches(Json) : users.Matches(UserPartitioner.IdsOf(Event));
}
