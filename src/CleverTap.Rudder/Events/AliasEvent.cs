using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>Links two ids of one user: adds <see cref="RudderEvent.UserId"/> to the profile of <see cref="PreviousId"/>.</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record AliasEvent : RudderEvent
{
    /// <summary>Creates an empty alias call; set its members with an object initializer.</summary>
    public AliasEvent()
        : this(new ParsedEvent { Type = EventType.Alias }) { }

    internal AliasEvent(ParsedEvent parsed)
        : base(parsed) { }

    /// <summary>Gets the previous id of the user.</summary>
    public string? PreviousId
    {
        get => Parsed.PreviousId.ToText();
        init => Fields.PreviousId = JsonSlice.FromText(value);
    }
}
