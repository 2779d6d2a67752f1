using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;

namespace CleverTap.Rudder;

/// <summary>Sets the traits of a user; becomes a CleverTap profile (guide, "Identify").</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record IdentifyEvent : RudderEvent
{
    /// <summary>Creates an empty identify call; set its members with an object initializer.</summary>
    public IdentifyEvent()
        : this(new ParsedEvent { Type = EventType.Identify }) { }

    internal IdentifyEvent(ParsedEvent parsed)
        : base(parsed) { }

    /// <summary>Gets the traits of the user. They take precedence over <c>context.traits</c>.</summary>
    public JsonBag Traits
    {
        get => new(Parsed.Traits);
        init => Fields.Traits = ToSlice(value);
    }
}
