using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>A mobile screen that a user saw: it becomes the CleverTap event <c>Screen Viewed: {name}</c> (guide, "Screen").</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record ScreenEvent : RudderEvent
{
    /// <summary>An empty screen call, to be filled by an object initialiser.</summary>
    public ScreenEvent()
        : this(new ParsedEvent { Call = EventType.Screen }) { }

    internal ScreenEvent(ParsedEvent index)
        : base(index) { }

    /// <summary>The name of the screen. The members <c>event</c> and <c>properties.event</c>, where there are any, go before it.</summary>
    public string? Name
    {
        get => Index.Name.ToText();
        init => Fields.Name = JsonSlice.FromText(value);
    }

    /// <summary>The category of the screen; CleverTap is not told of it.</summary>
    public string? Category
    {
        get => Index.Category.ToText();
        init => Fields.Category = JsonSlice.FromText(value);
    }

    /// <summary>What belongs to the screen view.</summary>
    public JsonBag Properties
    {
        get => new(Index.Properties);
        init => Fields.Properties = Take(value);
    }
}
