using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>A view of a screen of a mobile app; becomes the CleverTap event <c>Screen Viewed: {name}</c> (guide, "Screen").</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record ScreenEvent : RudderEvent
{
    /// <summary>Creates an empty screen call; set its members with an object initializer.</summary>
    public ScreenEvent()
        : this(new ParsedEvent { Type = EventType.Screen }) { }

    internal ScreenEvent(ParsedEvent parsed)
        : base(parsed) { }

    /// <summary>Gets the name of the screen. The members <c>event</c> and <c>properties.event</c> take precedence over it.</summary>
    public string? Name
    {
        get => Parsed.Name.ToText();
        init => Fields.Name = JsonSlice.FromText(value);
    }

    /// <summary>Gets the category of the screen. It is not sent to CleverTap.</summary>
    public string? Category
    {
        get => Parsed.Category.ToText();
        init => Fields.Category = JsonSlice.FromText(value);
    }

    /// <summary>Gets the properties of the screen view.</summary>
    public JsonBag Properties
    {
        get => new(Parsed.Properties);
        init => Fields.Properties = ToSlice(value);
    }
}
