using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Converts values of standard profile fields to the form that CleverTap accepts, if the options require it.</summary>
internal static class ProfileValues
{
    private static readonly JsonSlice Female = JsonSlice.FromText("F");
    private static readonly JsonSlice Male = JsonSlice.FromText("M");
    private static readonly byte[][] FemaleSpellings =
    [
        "f"u8.ToArray(),
        "F"u8.ToArray(),
        "Female"u8.ToArray(),
        "female"u8.ToArray(),
        "FEMALE"u8.ToArray(),
    ];
    private static readonly byte[][] MaleSpellings =
    [
        "m"u8.ToArray(),
        "M"u8.ToArray(),
        "Male"u8.ToArray(),
        "male"u8.ToArray(),
        "MALE"u8.ToArray(),
    ];
    private static readonly JsonSlice Yes = JsonSlice.FromText("Y");
    private static readonly JsonSlice No = JsonSlice.FromText("N");
    private static readonly JsonSlice[] EducationLevels =
    [
        JsonSlice.FromText("School"),
        JsonSlice.FromText("College"),
        JsonSlice.FromText("Graduate"),
    ];

    public static JsonSlice ConvertGender(JsonSlice value, MappingContext context)
    {
        if (MatchesAny(value, FemaleSpellings))
        {
            return Female;
        }

        if (MatchesAny(value, MaleSpellings))
        {
            return Male;
        }

        return context.Options.SendUnknownGender ? value : default;
    }

    public static JsonSlice ConvertYesOrNo(JsonSlice value, MappingContext context) =>
        value.Kind switch
        {
            JsonValueKind.True when context.Options.NormalizeProfileFields => Yes,
            JsonValueKind.False when context.Options.NormalizeProfileFields => No,
            _ => value,
        };

    public static JsonSlice ConvertEducation(JsonSlice value, MappingContext context)
    {
        if (!context.Options.NormalizeProfileFields || value.Kind != JsonValueKind.String)
        {
            return value;
        }

        foreach (JsonSlice level in EducationLevels)
        {
            if (Ascii.EqualsIgnoreCase(level.Span, value.Span))
            {
                return level;
            }
        }

        return value;
    }

    public static JsonSlice ConvertBirthday(JsonSlice value, MappingContext context) =>
        context.Options.ConvertBirthday && IsoDate.TryReadExistingDay(value, out long milliseconds)
            ? FieldValues.ToCleverTapDate(milliseconds, context)
            : value;

    private static bool MatchesAny(JsonSlice value, byte[][] spellings)
    {
        if (value.Kind != JsonValueKind.String)
        {
            return false;
        }

        ReadOnlySpan<byte> text = value.ContentSpan();
        foreach (byte[] spelling in spellings)
        {
            if (text.SequenceEqual(spelling))
            {
                return true;
            }
        }

        return false;
    }
}
