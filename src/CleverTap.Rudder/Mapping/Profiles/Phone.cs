using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Normalizes phone numbers to the form that CleverTap accepts: <c>+&lt;country code&gt;&lt;number&gt;</c>.</summary>
internal static class Phone
{
    private const int MaxCountryCodeDigits = 3;
    private const int MaxDigits = 15;
    private const int MinDigits = 3;

    /// <summary>
    /// From this length on, digits that begin with the country code are not a national number: hardly any of those is that long and begins
    /// so. Shorter digits can be one: <c>9198765432</c> is a number of India.
    /// </summary>
    private const int MinDigitsWithCountryCode = 11;

    /// <summary>Brazilian mobile numbers have eleven digits, and 55 is also an area code.</summary>
    private const string Brazil = "+55";

    /// <summary>Italian numbers keep their leading 0 after the country code.</summary>
    private const string Italy = "+39";

    /// <summary>The trunk prefix of North America is the country code itself; no area code starts with it.</summary>
    private const string NorthAmerica = "+1";

    /// <summary>Returns a country calling code with a plus, or null for a blank text.</summary>
    /// <exception cref="ArgumentException">The text is not a country calling code.</exception>
    public static string? ParseCountryCode(string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return null;
        }

        return IsCountryCode(code)
            ? $"+{code.Trim().TrimStart('+')}"
            : throw new ArgumentException(
                "PhoneCountryCode must be one to three digits, with or without a plus, such as +49",
                nameof(code)
            );
    }

    public static bool IsCountryCode(string code)
    {
        string digits = code.Trim().TrimStart('+');
        return digits.Length is >= 1 and <= MaxCountryCodeDigits && digits[0] != '0' && digits.All(char.IsAsciiDigit);
    }

    /// <summary>Converts a number to CleverTap's form if possible. If not, it returns the original value.</summary>
    public static JsonSlice Normalize(JsonSlice value, MappingContext context)
    {
        if (!context.Options.NormalizeProfileFields || value.Kind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return value;
        }

        if (StandardField.IsPhone(value))
        {
            return value;
        }

        string? number = Normalize(value.ToText()!, context.Options.PhoneCountryCode);
        return number is null ? value : context.Scratch.AddText(Encoding.ASCII.GetBytes(number), default);
    }

    private static string? Normalize(string text, string? countryCode)
    {
        string? number = RemoveSeparators(text);
        if (number is null)
        {
            return null;
        }

        if (number.StartsWith("00", StringComparison.Ordinal))
        {
            return $"+{number[2..]}";
        }

        if (number[0] == '+')
        {
            return number;
        }

        if (countryCode is null)
        {
            return number;
        }

        return BeginsWithCountryCode(number, countryCode) ? $"+{number}" : $"{countryCode}{RemoveTrunkPrefix(number, countryCode)}";
    }

    /// <summary>Whether digits are a number with its country code, whose plus is missing. A JSON number cannot have a plus.</summary>
    private static bool BeginsWithCountryCode(string number, string countryCode)
    {
        int minDigits = countryCode == Brazil ? MinDigitsWithCountryCode + 1 : MinDigitsWithCountryCode;
        return number.Length >= minDigits && number.AsSpan().StartsWith(countryCode.AsSpan(1));
    }

    /// <summary>Removes the digit that is dialled before a number only within its country.</summary>
    private static string RemoveTrunkPrefix(string number, string countryCode) =>
        countryCode switch
        {
            Italy => number,
            NorthAmerica => number.StartsWith('1') ? number[1..] : number,
            _ => number.StartsWith('0') ? number[1..] : number,
        };

    /// <summary>Returns the digits and a leading plus, or null if the text contains other characters than separators.</summary>
    private static string? RemoveSeparators(string text)
    {
        text = text.Trim();
        bool isInternational = text.StartsWith('+') || text.StartsWith("00", StringComparison.Ordinal);
        if (isInternational)
        {
            // In +44 (0)20 … the 0 in brackets is dialled only within the country.
            text = text.Replace("(0)", "", StringComparison.Ordinal);
        }

        var number = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (char.IsAsciiDigit(character) || (character == '+' && number.Length == 0))
            {
                number.Append(character);
            }
            else if (!IsSeparator(character))
            {
                return null;
            }
        }

        return number.Length is >= MinDigits and <= MaxDigits + 2 ? number.ToString() : null;
    }

    /// <summary>Whether a character is a space, dot, dash or bracket, including typographic variants.</summary>
    private static bool IsSeparator(char character) =>
        character is '.' or '-' or '(' or ')' or '[' or ']' or (>= '\u2010' and <= '\u2015') or '\u2212' or '\u00B7'
        || char.IsWhiteSpace(character);
}
