namespace CleverTap.Rudder;

/// <summary>A standard profile field that CleverTap rejected, so that the profile was delivered without it.</summary>
/// <param name="Field">The field, such as <c>Phone</c>.</param>
/// <param name="Code">CleverTap's record code, such as 516.</param>
public sealed record OmittedField(string Field, int Code);
