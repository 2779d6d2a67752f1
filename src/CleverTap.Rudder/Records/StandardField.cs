using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>A profile field that CleverTap knows by name.</summary>
/// <param name="Name">Its exact spelling.</param>
/// <param name="Code">The record code with which CleverTap rejects another value.</param>
/// <param name="Expected">What it takes.</param>
/// <param name="IsValid">Whether it takes a value; null where it takes any.</param>
internal sealed record StandardField(FieldName Name, int? Code = null, string Expected = "", Func<JsonSlice, bool>? IsValid = null)
{
    private const int ShortestPhone = 5;

    public string NameText { get; } = Name.ToString();

    /// <summary>Whether the field adds an id to the profile.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>What is said of another value.</summary>
    public string Remark { get; } =
        $"CleverTap expects {Expected} and {(Code is null ? "stores anything else as plain text" : "rejects a profile with anything else")}; correct the trait";

    /// <summary>One @ with something before it, and a dot within what follows. CleverTap does not say how it tells.</summary>
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
        return text.Length > ShortestPhone && text[0] == '+' && text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
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
