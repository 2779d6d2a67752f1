using System.Globalization;
using System.Numerics;
using CleverTap.Rudder.Internal.Mapping;
using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>
/// Reads options from a configuration section, and gathers what is wrong with it instead of stopping at the first: a
/// value that is none, a choice that does not exist, a misspelt name. No error quotes a text.
/// </summary>
internal sealed class OptionsReader(IConfiguration section, string prefix, List<string> errors)
{
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads options from a section that the errors name.</summary>
    public static OptionsReader From(IConfiguration section, ConfigurationErrors errors)
    {
        errors.ReadFrom(section);
        return new OptionsReader(section, "", errors);
    }

    public string Text(string name, string otherwise) => ValueOf(name) ?? otherwise;

    public IConfigurationSection Section(string name)
    {
        known.Add(name);
        return section.GetSection(name);
    }

    public bool Switch(string name, bool otherwise) =>
        Read(name, otherwise, "true or false", static (string text, out bool value) => bool.TryParse(text, out value));

    public T Number<T>(string name, T otherwise)
        where T : struct, IBinaryInteger<T> =>
        Read(
            name,
            otherwise,
            "a whole number",
            static (string text, out T value) => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        );

    /// <summary>A number alone would be days.</summary>
    public TimeSpan Time(string name, TimeSpan otherwise) =>
        Read(
            name,
            otherwise,
            "a time such as 00:00:30",
            static (string text, out TimeSpan value) =>
                TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && text.Contains(':', StringComparison.Ordinal)
        );

    public Uri? Address(string name, Uri? otherwise) =>
        Read(
            name,
            otherwise,
            "an address",
            static (string text, out Uri? value) => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out value)
        );

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum =>
        Read(
            name,
            otherwise,
            string.Join(" or ", Enum.GetNames<T>()),
            static (string text, out T value) =>
                Enum.TryParse(WithoutSeparators(text), ignoreCase: true, out value)
                && Enum.IsDefined(value)
                && !char.IsAsciiDigit(text.Trim()[0])
        );

    /// <summary>Null if the option is not set.</summary>
    public T? OptionalChoice<T>(string name)
        where T : struct, Enum
    {
        return ValueOf(name) is null ? null : Choice<T>(name, default);
    }

    /// <summary>Several choices with commas between them.</summary>
    public T Flags<T>(string name, T defaultValue)
        where T : struct, Enum
    {
        string expected = $"one or more of {string.Join(", ", Enum.GetNames<T>())}, with commas between them";
        return Read(
            name,
            defaultValue,
            expected,
            static (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && !char.IsAsciiDigit(text.Trim()[0])
        );
    }

    /// <summary>A list of texts: a section of values, or one value. Null if the option is not set.</summary>
    public IReadOnlyList<string>? Names(string name)
    {
        IConfigurationSection list = Section(name);
        if (list.Value is { Length: > 0 } text)
        {
            return [text];
        }

        List<string> names = [.. list.GetChildren().Select(child => child.Value).OfType<string>()];
        return names.Count > 0 || list.Value is not null ? names : null;
    }

    /// <summary>
    /// A section of names and new names; null if it is not set. A name may have colons, which configuration takes for levels: it is the
    /// whole path of a value within the section.
    /// </summary>
    public IReadOnlyDictionary<string, string>? NewNames(string name)
    {
        IConfigurationSection names = Section(name);
        if (names.Value is { Length: > 0 })
        {
            errors.Add($"{prefix}{name} must be a section of names with a new name each");
        }

        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach ((string path, string? value) in names.AsEnumerable(makePathsRelative: true))
        {
            if (path.Length > 0 && value is not null)
            {
                pairs[path] = value;
            }
        }

        return pairs.Count > 0 ? pairs : null;
    }

    public string? CountryCode(string name, string? defaultValue) =>
        Read(
            name,
            defaultValue,
            "one to three digits, such as +49",
            static (string text, out string? value) =>
            {
                value = text;
                return Phone.IsCountryCode(text);
            }
        );

    /// <summary>Adds an error for every value whose name was not asked for. Sections of other things may stand beside the options.</summary>
    public void RejectOthers()
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (!IsSection(child) && !known.Contains(child.Key))
            {
                errors.Add($"{prefix}{child.Key} is no option");
            }
        }
    }

    /// <summary>Some providers, such as those for settings of a test host, give a section an empty value.</summary>
    private static bool IsSection(IConfigurationSection child) =>
        child.Value is null || (child.Value.Length == 0 && child.GetChildren().Any());

    /// <summary>A choice may be written as <c>snake_case</c> or <c>as-is</c>.</summary>
    private static string WithoutSeparators(string text) =>
        text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private T Read<T>(string name, T otherwise, string expected, TryParse<T> tryParse)
    {
        if (ValueOf(name) is not { } text)
        {
            return otherwise;
        }

        if (tryParse(text, out T value))
        {
            return value;
        }

        errors.Add($"{prefix}{name} must be {expected}");
        return otherwise;
    }

    private string? ValueOf(string name)
    {
        known.Add(name);
        return section[name] is { Length: > 0 } text ? text : null;
    }

    private delegate bool TryParse<T>(string text, out T value);
}
