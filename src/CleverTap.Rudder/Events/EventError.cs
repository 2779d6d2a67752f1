namespace CleverTap.Rudder;

/// <summary>Describes what is wrong with one event.</summary>
/// <remarks>It names the field and never contains its value, so it contains no personal data.</remarks>
/// <param name="Code">The kind of error.</param>
/// <param name="Field">The path of the field, such as <c>context.traits</c>; empty for the event as a whole.</param>
/// <param name="Message">
/// A sentence for a developer. If rudder-transformer rejects the same event, it is the message of rudder-transformer.
/// </param>
/// <param name="Expected">The value that the field should have.</param>
public sealed record EventError(EventErrorCode Code, string Field, string Message, string Expected)
{
    /// <summary>Gets the <c>messageId</c> of the event; null if it could not be read.</summary>
    public string? MessageId { get; init; }

    /// <summary>Whether the type is a call of RudderStack without a counterpart in CleverTap, and not an unknown type.</summary>
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
