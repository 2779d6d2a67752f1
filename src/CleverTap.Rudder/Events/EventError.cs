namespace CleverTap.Rudder;

/// <summary>What is wrong with one event. It names the field, never the value: nothing in it is personal data.</summary>
/// <param name="Code">The kind of error.</param>
/// <param name="Field">The path of the field, such as <c>context.traits</c>; empty where the whole event is meant.</param>
/// <param name="Message">A sentence for a person; where rudder-transformer rejects the same event, its own words.</param>
/// <param name="Expected">What the field should hold.</param>
public sealed record EventError(EventErrorCode Code, string Field, string Message, string Expected)
{
    /// <summary>The event's <c>messageId</c>, where it could be read.</summary>
    public string? MessageId { get; init; }

    /// <summary>Whether the event is one of RudderStack's calls that have no counterpart in CleverTap, and not merely of a wrong type.</summary>
    internal bool IsUnsupportedCall { get; init; }

    internal static EventError NotAnObject { get; } =
        new(EventErrorCode.NotAnObject, "", "The event must be a JSON object; send one event as one object", "a JSON object");

    internal static EventError TooDeep(string field) =>
        new(
            EventErrorCode.TooDeep,
            field,
            $"The event is nested deeper than {RudderEvent.MaxDepth} levels; nest less deeply",
            $"at most {RudderEvent.MaxDepth} levels"
        );

    internal static EventError TooLarge(int maxBytes) =>
        new(
            EventErrorCode.TooLarge,
            "",
            $"The event is larger than {maxBytes} bytes; send less in one event, or raise MaxEventBytes",
            $"at most {maxBytes} bytes"
        );

    /// <summary>Creates the error of an event on which a mapper, filter, editor or route of the host has failed.</summary>
    internal static EventError FromHostRule(
        string message,
        string expected,
        string? messageId = null,
        EventErrorCode code = EventErrorCode.HostRule
    ) => new(code, "", message, expected) { MessageId = messageId };

    internal static EventError WrongKind(string field, string expected) =>
        new(EventErrorCode.WrongKind, field, $"{field} must be {expected}; correct this field of the event", expected);
}
