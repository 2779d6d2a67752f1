using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>An action of a user; becomes a CleverTap event (guide, "Track").</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record TrackEvent : RudderEvent
{
    /// <summary>Creates an empty track call; set its members with an object initializer.</summary>
    public TrackEvent()
        : this(new ParsedEvent { Type = EventType.Track }) { }

    internal TrackEvent(ParsedEvent parsed)
        : base(parsed) { }

    /// <summary>Gets the name of the event. <c>Order Completed</c>, in any case, becomes the CleverTap event <c>Charged</c>.</summary>
    public string? Event
    {
        get => Parsed.Event.ToText();
        init => Fields.Event = JsonSlice.FromText(value);
    }

    /// <summary>Gets the properties of the event.</summary>
    public JsonBag Properties
    {
        get => new(Parsed.Properties);
        init => Fields.Properties = ToSlice(value);
    }
}
