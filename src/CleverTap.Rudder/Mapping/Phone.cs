using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Phone numbers in the form that CleverTap takes: <c>+&lt;country code&gt;&lt;number&gt;</c>.</summary>
internal static class Phone
{
    private const int LongestCountryCode = 3;
    private const int MaxDigits = 15;
    private const int ShortestNumber = 3;

    /// <summary>Italian numbers keep their leading 0 behind the country code.</summary>
    private const string Italy = "+39";

    /// <summary>Its trunk prefix is the country code itself; no area code begins with it.</summary>
    private const string NorthAmerica = "+1";

    /// <summary>The code with its plus.</summary>
    /// <exception cref="ArgumentException">It is no country calling code.</exception>
    public static string? CheckCountryCode(string? code)
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
        return digits.Length is >= 1 and <= LongestCountryCode && digits[0] != '0' && digits.All(char.IsAsciiDigit);
    }

    /// <summary>The number in CleverTap's form if it can be brought into it; otherwise the value as it came.</summary>
    public static JsonSlice Normalize(JsonSlice value, MappingContext run)
    {
        if (!run.Options.NormalizeProfileFields || value.Kind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return value;
        }

        if (StandardField.IsPhone(value))
        {
            return value;
        }

        string? number = Normalize(value.ToText()!, run.Options.PhoneCountryCode);
        return number is null ? value : run.Made.AddText(Encoding.ASCII.GetBytes(number), default);
    }

    private static string? Normalize(string text, string? countryCode)
    {
        string? number = WithoutSeparators(text);
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

        return countryCode is null ? number : $"{countryCode}{WithoutTrunkPrefix(number, countryCode)}";
    }

    /// <summary>The digits that are dialled before a number within its country are not part of it abroad.</summary>
    private static string WithoutTrunkPrefix(string number, string countryCode) =>
        countryCode switch
        {
            Italy => number,
            NorthAmerica => number.StartsWith('1') ? number[1..] : number,
            _ => number.StartsWith('0') ? number[1..] : number,
        };

    /// <summary>Digits, with a plus before them where there was one; null if there is anything else but separators.</summary>
    private static string? WithoutSeparators(string text)
    {
        text = text.Trim();
        bool isInternational = text.StartsWith('+') || text.StartsWith("00", StringComparison.Ordinal);
        if (isInternational)
        {
            // +44 (0)20 …: the bracketed 0 is dialled only within the country.
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

        return number.Length is >= ShortestNumber and <= MaxDigits + 2 ? number.ToString() : null;
    }

    /// <summary>Spaces, dots, dashes and brackets, the typographic ones too.</summary>
    private static bool IsSeparator(char character) =>
        character is '.' or '-' or '(' or ')' or '[' or ']' or (>= '\u2010' and <= '\u2015') or '\u2212' or '\u00B7'
        || char.IsWhiteSpace(character);
}
