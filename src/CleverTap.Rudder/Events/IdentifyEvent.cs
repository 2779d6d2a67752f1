using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;

namespace CleverTap.Rudder;

/// <summary>Who a user is: it becomes a CleverTap profile (guide, "Identify").</summary>
[JsonConverter(typeof(RudderEventJsonConverter))]
public sealed record IdentifyEvent : RudderEvent
{
    /// <summary>An empty identify call, to be filled by an object initialiser.</summary>
    public IdentifyEvent()
        : this(new ParsedEvent { Call = EventType.Identify }) { }

    internal IdentifyEvent(ParsedEvent index)
        : base(index) { }

    /// <summary>What is known of the user; preferred to <c>context.traits</c>.</summary>
    public JsonBag Traits
    {
        get => new(Index.Traits);
        init => Fields.Traits = Take(value);
    }
}
