using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>A view of a web page; becomes the CleverTap event <c>Web Page Viewed: {name}</c> (guide, "Page").</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record PageEvent : RudderEvent
{
    /// <summary>Creates an empty page call; set its members with an object initializer.</summary>
    public PageEvent()
        : this(new ParsedEvent { Type = EventType.Page }) { }

    internal PageEvent(ParsedEvent parsed)
        : base(parsed) { }

    /// <summary>Gets the name of the page. The members <c>event</c> and <c>properties.event</c> take precedence over it.</summary>
    public string? Name
    {
        get => Parsed.Name.ToText();
        init => Fields.Name = JsonSlice.FromText(value);
    }

    /// <summary>Gets the category of the page. It is not sent to CleverTap.</summary>
    public string? Category
    {
        get => Parsed.Category.ToText();
        init => Fields.Category = JsonSlice.FromText(value);
    }

    /// <summary>Gets the properties of the page view.</summary>
    public JsonBag Properties
    {
        get => new(Parsed.Properties);
        init => Fields.Properties = ToSlice(value);
    }
}
