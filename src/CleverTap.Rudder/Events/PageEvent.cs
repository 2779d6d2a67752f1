using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>A web page that a user saw: it becomes the CleverTap event <c>Web Page Viewed: {name}</c> (guide, "Page").</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record PageEvent : RudderEvent
{
    /// <summary>An empty page call, to be filled by an object initialiser.</summary>
    public PageEvent()
        : this(new ParsedEvent { Call = EventType.Page }) { }

    internal PageEvent(ParsedEvent index)
        : base(index) { }

    /// <summary>The name of the page. The members <c>event</c> and <c>properties.event</c>, where there are any, go before it.</summary>
    public string? Name
    {
        get => Index.Name.ToText();
        init => Fields.Name = JsonSlice.FromText(value);
    }

    /// <summary>The category of the page; CleverTap is not told of it.</summary>
    public string? Category
    {
        get => Index.Category.ToText();
        init => Fields.Category = JsonSlice.FromText(value);
    }

    /// <summary>What belongs to the page view.</summary>
    public JsonBag Properties
    {
        get => new(Index.Properties);
        init => Fields.Properties = Take(value);
    }
}
