using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>Two ids are one person: it adds <see cref="RudderEvent.UserId"/> to the profile of <see cref="PreviousId"/>.</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record AliasEvent : RudderEvent
{
    /// <summary>An empty alias call, to be filled by an object initialiser.</summary>
    public AliasEvent()
        : this(new ParsedEvent { Call = EventType.Alias }) { }

    internal AliasEvent(ParsedEvent index)
        : base(index) { }

    /// <summary>The id that the user had before.</summary>
    public string? PreviousId
    {
        get => Index.PreviousId.ToText();
        init => Fields.PreviousId = JsonSlice.FromText(value);
    }
}
