using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>A standard profile field of CleverTap.</summary>
/// <param name="Name">The exact name.</param>
/// <param name="Code">The code with which CleverTap rejects an invalid value; null if it does not reject it.</param>
/// <param name="Expected">A description of valid values.</param>
/// <param name="IsValid">Whether a value is valid; null if every value is.</param>
internal sealed record StandardField(FieldName Name, int? Code = null, string Expected = "", Func<JsonSlice, bool>? IsValid = null)
{
    private const int MinPhoneLength = 6;

    public string NameText { get; } = Name.ToString();

    /// <summary>Whether the field adds an id to the profile.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>The message of the warning about an invalid value.</summary>
    public string WarningMessage { get; } =
        $"CleverTap expects {Expected} and "
        + (Code is null ? "stores anything else as plain text" : "rejects a profile with anything else")
        + "; correct the trait";

    /// <summary>Whether a value has text before its only @ and a dot inside the domain.</summary>
    /// <remarks>CleverTap does not document its own check.</remarks>
    public static bool IsEmail(JsonSlice value)
    {
        if (value.Kind != JsonValueKind.String)
        {
            return false;
        }

        ReadOnlySpan<byte> text = value.ContentSpan();
        int at = text.IndexOf((byte)'@');
        if (at < 1 || text.ContainsAny(" \\"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> domain = text[(at + 1)..];
        int dot = domain.LastIndexOf((byte)'.');
        return !domain.Contains((byte)'@') && dot > 0 && dot < domain.Length - 1 && domain[0] != '.';
    }

    public static bool IsPhone(JsonSlice value)
    {
        if (value.Kind != JsonValueKind.String)
        {
            return false;
        }

        ReadOnlySpan<byte> text = value.ContentSpan();
        return text.Length >= MinPhoneLength && text[0] == '+' && text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    public static bool IsDate(JsonSlice value)
    {
        if (value.Kind != JsonValueKind.String)
        {
            return false;
        }

        ReadOnlySpan<byte> text = value.ContentSpan();
        return text.StartsWith("$D_"u8) && long.TryParse(text[3..], System.Globalization.CultureInfo.InvariantCulture, out _);
    }

    public static bool IsGender(JsonSlice value) =>
        value.Kind == JsonValueKind.String && CleverTapRules.Genders.Contains(value.ContentSpan());

    public static bool IsIdentityText(JsonSlice value) =>
        value.ToText() is { } text
        && text.AsSpan().Trim().Length > 0
        && !CleverTapRules.RejectedIdentities.Contains(text)
        && text.Length <= CleverTapRules.IdentityBytes;

    public static bool IsYesOrNo(JsonSlice value) => value.IsText("Y"u8) || value.IsText("N"u8);

    public static bool IsEducation(JsonSlice value) => value.IsText("School"u8) || value.IsText("College"u8) || value.IsText("Graduate"u8);

    public static bool IsNumber(JsonSlice value) =>
        value.Kind == JsonValueKind.Number
        || (
            value.Kind == JsonValueKind.String
            && double.TryParse(value.ContentSpan(), System.Globalization.CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
        );
}
