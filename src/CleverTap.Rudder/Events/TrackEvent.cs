using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>Something a user did: it becomes a CleverTap event (guide, "Track").</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record TrackEvent : RudderEvent
{
    /// <summary>An empty track call, to be filled by an object initialiser.</summary>
    public TrackEvent()
        : this(new ParsedEvent { Call = EventType.Track }) { }

    internal TrackEvent(ParsedEvent index)
        : base(index) { }

    /// <summary>The event's name. <c>Order Completed</c>, in any case, becomes CleverTap's <c>Charged</c>.</summary>
    public string? Event
    {
        get => Index.Event.ToText();
        init => Fields.Event = JsonSlice.FromText(value);
    }

    /// <summary>What belongs to the event.</summary>
    public JsonBag Properties
    {
        get => new(Index.Properties);
        init => Fields.Properties = Take(value);
    }
}
