namespace CleverTap.Rudder;

/// <summary>A warning about a record that is sent anyway.</summary>
/// <remarks>It names the field and never contains its value, so it contains no personal data.</remarks>
/// <param name="Code">The kind of the warning.</param>
/// <param name="Field">The name of the field in CleverTap, such as <c>Phone</c>, or its path in the event.</param>
/// <param name="Message">What CleverTap expects, what it does with the record or field, and what to change.</param>
public sealed record CleverTapWarning(WarningCode Code, string Field, string Message)
{
    /// <summary>Gets the code with which CleverTap rejects the record; null if it rejects nothing or the code is unknown.</summary>
    public int? CleverTapCode { get; init; }
}
