using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <summary>A remark on a record that is sent all the same. It names the field, never the value: nothing in it is personal data.</summary>
/// <param name="Code">What is remarkable.</param>
/// <param name="Field">The field's name in CleverTap, such as <c>Phone</c>, or its path in the event.</param>
/// <param name="Message">What CleverTap expects, and what it will do with the record or field.</param>
public sealed record CleverTapWarning(WarningCode Code, string Field, string Message)
{
    /// <summary>The record code with which CleverTap would reject the record; null where it rejects nothing or the code is not known.</summary>
    public int? CleverTapCode { get; init; }
}
