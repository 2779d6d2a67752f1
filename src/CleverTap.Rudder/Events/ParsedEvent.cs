using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>The fields of an event as slices of its JSON.</summary>
/// <remarks>Bags stay slices of the input until a mapper reads them. Nothing is copied, and nothing needs disposal.</remarks>
internal record struct ParsedEvent
{
    public EventType Type;
    public JsonSlice MessageId;
    public JsonSlice UserId;
    public JsonSlice AnonymousId;
    public JsonSlice PreviousId;
    public JsonSlice Channel;
    public JsonSlice OriginalTimestamp;
    public JsonSlice Timestamp;
    public JsonSlice SentAt;
    public JsonSlice ReceivedAt;
    public JsonSlice Event;
    public JsonSlice Name;
    public JsonSlice Category;
    public JsonSlice Traits;
    public JsonSlice Properties;
    public JsonSlice Context;
    public JsonSlice Integrations;

    /// <summary>Whether a bag that was built in code is nested too deep. Reading JSON rejects such an event earlier.</summary>
    public bool IsTooDeep;

    /// <summary>Returns an error if the event is too large or nested too deep.</summary>
    public readonly EventError? CheckLimits(int maxBytes)
    {
        if (Bytes > maxBytes)
        {
            return EventError.TooLarge(maxBytes) with { MessageId = MessageId.ToText() };
        }

        return IsTooDeep ? EventError.TooDeep("") with { MessageId = MessageId.ToText() } : null;
    }

    /// <summary>The size of all fields in bytes.</summary>
    private readonly long Bytes =>
        (long)MessageId.Raw.Length
        + UserId.Raw.Length
        + AnonymousId.Raw.Length
        + PreviousId.Raw.Length
        + Channel.Raw.Length
        + OriginalTimestamp.Raw.Length
        + Timestamp.Raw.Length
        + SentAt.Raw.Length
        + ReceivedAt.Raw.Length
        + Event.Raw.Length
        + Name.Raw.Length
        + Category.Raw.Length
        + Traits.Raw.Length
        + Properties.Raw.Length
        + Context.Raw.Length
        + Integrations.Raw.Length;
}
