using System.CommandLine.Parsing;
using System.Globalization;

namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>Reads times of the command line: 200ms, 30s, 5m, 3h, or 00:00:30.</summary>
internal static class Duration
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Parses the value of an option, and adds an error to it if it is not a time.</summary>
    public static TimeSpan? Parse(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (TryParse(text) is { } time)
        {
            return time;
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name} must be a time such as 200ms, 30s, 5m or 3h, not {text}");
        return null;
    }

    /// <summary>Returns the time, which is not negative; null if the text is not one.</summary>
    public static TimeSpan? TryParse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) && time >= TimeSpan.Zero ? time : null;
        }

        foreach ((string suffix, TimeSpan unit) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && TryNumber(text[..^suffix.Length], out double number))
            {
                double milliseconds = number * unit.TotalMilliseconds;
                return milliseconds < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
            }
        }

        return null;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
