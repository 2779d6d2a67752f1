using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>
/// An event as its JSON plus an index: where the ids, the names and the bags stand. The bags stay slices of the input
/// until a mapper walks them; nothing is copied, nothing needs disposal.
/// </summary>
internal record struct ParsedEvent
{
    public EventType Call;
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

    /// <summary>A bag that was built in code is nested too deep. What is read from JSON never gets so far.</summary>
    public bool IsTooDeep;

    /// <summary>An error if the event is too large or nested too deep.</summary>
    public readonly EventError? CheckLimits(int maxBytes)
    {
        EventError? error =
            Bytes > maxBytes ? EventError.TooLarge(maxBytes)
            : IsTooDeep ? EventError.TooDeep("")
            : null;
        return error is null ? null : error with { MessageId = MessageId.ToText() };
    }

    /// <summary>The size of all that is noted here, in bytes.</summary>
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
