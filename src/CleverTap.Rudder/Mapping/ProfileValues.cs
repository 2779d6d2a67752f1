using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>Values of standard profile fields, brought into the form that CleverTap takes where the options ask for it.</summary>
internal static class ProfileValues
{
    private static readonly JsonValue Female = JsonValue.FromText("F");
    private static readonly JsonValue Male = JsonValue.FromText("M");
    private static readonly JsonValue Yes = JsonValue.FromText("Y");
    private static readonly JsonValue No = JsonValue.FromText("N");
    private static readonly JsonValue[] EducationLevels = [JsonValue.FromText("School"), JsonValue.FromText("College"), JsonValue.FromText("Graduate")];

    public static JsonValue Gender(JsonValue value, MappingOptions options) => value.ToText() switch
    {
        "f" or "F" or "Female" or "female" or "FEMALE" => Female,
        "m" or "M" or "Male" or "male" or "MALE" => Male,
        _ => options.SendUnknownGender ? value : default,
    };

    public static JsonValue YesOrNo(JsonValue value, MappingOptions options) => value.Kind switch
    {
        JsonValueKind.True when options.NormalizeProfileFields => Yes,
        JsonValueKind.False when options.NormalizeProfileFields => No,
        _ => value,
    };

    public static JsonValue Education(JsonValue value, MappingOptions options)
    {
        if (!options.NormalizeProfileFields || value.Kind != JsonValueKind.String) return value;
        foreach (JsonValue level in EducationLevels)
        {
            if (Ascii.EqualsIgnoreCase(level.Raw.Span, value.Raw.Span)) return level;
        }

        return value;
    }

    public static JsonValue Birthday(JsonValue value, MappingOptions options) =>
        options.ConvertBirthday && IsoDate.TryRead(value, out long milliseconds)
            ? new JsonValue(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"$D_{Timestamps.ToSeconds(milliseconds)}\"")))
            : value;
}
