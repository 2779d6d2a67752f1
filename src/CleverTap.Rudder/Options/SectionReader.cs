using System.Globalization;
using System.Numerics;
using CleverTap.Rudder.Internal.Mapping;
using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reads the values of one configuration section and collects its errors with the section's path.</summary>
/// <remarks>
/// The configuration binder is not used: it cannot set immutable options, it ignores misspelt names, and it stops at the first error. This
/// reader reports a value of the wrong kind, an unknown choice and an unknown name. No error quotes a value.
/// </remarks>
internal sealed class SectionReader(IConfiguration section, string path, List<string> errors)
{
    private const string ExpectedSwitch = "true or false";

    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SectionReader> children = [];

    /// <summary>Creates the reader of the section that holds a type of options. The errors then name the section.</summary>
    public static SectionReader Create(IConfiguration section, ConfigurationErrors errors)
    {
        errors.SetSource(section);
        return new SectionReader(section, "", errors);
    }

    /// <summary>Creates the reader of a section inside this one.</summary>
    /// <param name="name">The name of the section.</param>
    /// <param name="advice">What to do if the section is a value.</param>
    public SectionReader Child(string name, string advice)
    {
        if (HasValue(name))
        {
            AddError($"{name} is a section: {advice}");
        }

        var child = new SectionReader(Section(name), $"{path}{name}:", errors);
        children.Add(child);
        return child;
    }

    /// <summary>Creates a reader for each entry of a list of sections.</summary>
    public IEnumerable<SectionReader> Children(string name)
    {
        if (HasValue(name))
        {
            AddError($"{name} must be a list of sections");
        }

        return Section(name).GetChildren().Select(child => new SectionReader(child, $"{path}{name}:{child.Key}:", errors));
    }

    public IConfigurationSection Section(string name)
    {
        known.Add(name);
        return section.GetSection(name);
    }

    public bool HasSection(string name) => Section(name).Exists();

    /// <summary>Whether a name has a text as its value, although a section is expected.</summary>
    private bool HasValue(string name) => Section(name).Value is { Length: > 0 };

    public void AddError(string error) => errors.Add($"{path}{error}");

    public string Text(string name, string defaultValue) => ValueOf(name, "text") ?? defaultValue;

    /// <summary>Reads one of several texts, whose case counts.</summary>
    public string OneOf(string name, string defaultValue, string[] texts) =>
        Read(
            name,
            defaultValue,
            string.Join(" or ", texts),
            (string text, out string value) =>
            {
                value = text;
                return texts.Contains(text);
            }
        );

    public bool Switch(string name, bool defaultValue) =>
        Read(name, defaultValue, ExpectedSwitch, static (string text, out bool value) => bool.TryParse(text, out value));

    public bool? OptionalSwitch(string name, bool? defaultValue) =>
        ValueOf(name, ExpectedSwitch) is null ? defaultValue : Switch(name, defaultValue ?? false);

    public T Number<T>(string name, T defaultValue)
        where T : struct, IBinaryInteger<T> =>
        Read(
            name,
            defaultValue,
            "a whole number",
            static (string text, out T value) => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        );

    /// <summary>Reads a time with a colon: TimeSpan would take a number alone for days.</summary>
    public TimeSpan Time(string name, TimeSpan defaultValue) =>
        Read(
            name,
            defaultValue,
            "a time such as 00:00:30",
            static (string text, out TimeSpan value) =>
                TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && text.Contains(':', StringComparison.Ordinal)
        );

    public Uri? Address(string name, Uri? defaultValue) =>
        Read(
            name,
            defaultValue,
            "an address",
            static (string text, out Uri? value) => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out value)
        );

    public T Choice<T>(string name, T defaultValue)
        where T : struct, Enum =>
        Read(
            name,
            defaultValue,
            ExpectedChoice<T>(),
            static (string text, out T value) =>
                Enum.TryParse(WithoutSeparators(text), ignoreCase: true, out value)
                && Enum.IsDefined(value)
                && !char.IsAsciiDigit(text.Trim()[0])
        );

    /// <summary>Reads a choice. Returns null if the option is not set.</summary>
    public T? OptionalChoice<T>(string name)
        where T : struct, Enum
    {
        return ValueOf(name, ExpectedChoice<T>()) is null ? null : Choice<T>(name, default);
    }

    /// <summary>Reads several choices with commas between them.</summary>
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

    /// <summary>Reads a list of texts: a section of values, or one value. Returns null if the option is not set.</summary>
    /// <remarks>
    /// One value with commas may be meant as several names, or as a name with commas. It is an error, because a list that is read wrongly
    /// sends what it excludes.
    /// </remarks>
    public IReadOnlyList<string>? Names(string name)
    {
        IConfigurationSection list = Section(name);
        if (list.Value is { Length: > 0 } text)
        {
            if (text.Contains(',', StringComparison.Ordinal))
            {
                AddError($"{name} must be a list of names: set {name}:0, {name}:1 and so on instead of one value with commas");
            }

            return [text];
        }

        if (list.GetChildren().Any(child => child.Value is null && child.GetChildren().Any()))
        {
            AddError($"{name} must be a list of names");
        }

        List<string> names = [.. list.GetChildren().Select(child => child.Value).OfType<string>()];
        return names.Count > 0 || list.Value is not null ? names : null;
    }

    /// <summary>Reads a section that gives names a new name. Returns null if the option is not set.</summary>
    /// <remarks>
    /// A name may contain colons, which configuration reads as levels: the name is the whole path of a value inside the section.
    /// </remarks>
    public IReadOnlyDictionary<string, string>? NewNames(string name)
    {
        if (HasValue(name))
        {
            AddError($"{name} must be a section of names with a new name each");
        }

        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach ((string key, string? value) in Section(name).AsEnumerable(makePathsRelative: true))
        {
            if (key.Length > 0 && value is not null)
            {
                pairs[key] = value;
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

    /// <summary>Adds an error for each name that was never read, except the sections of other components.</summary>
    public void RejectUnknown()
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (!known.Contains(child.Key) && !IsOfOtherComponent(child))
            {
                AddError($"{child.Key} is no option");
            }
        }
    }

    /// <summary>
    /// Whether a section may belong to another component: it is beside the options, is no list, and neither its name nor that of a member
    /// is that of a nested option.
    /// </summary>
    private bool IsOfOtherComponent(IConfigurationSection child)
    {
        if (path.Length > 0 || !IsSection(child))
        {
            return false;
        }

        List<string> names = [.. child.GetChildren().Select(member => member.Key), child.Key];
        return names[0] != "0" && !children.Exists(reader => names.Exists(reader.known.Contains));
    }

    /// <summary>Some providers, such as those for settings of a test host, give a section an empty value.</summary>
    private static bool IsSection(IConfigurationSection child) =>
        child.Value is null || (child.Value.Length == 0 && child.GetChildren().Any());

    /// <summary>A choice may be written as <c>snake_case</c> or <c>as-is</c>.</summary>
    private static string WithoutSeparators(string text) =>
        text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static string ExpectedChoice<T>()
        where T : struct, Enum => string.Join(" or ", Enum.GetNames<T>());

    private T Read<T>(string name, T defaultValue, string expected, TryParse<T> tryParse)
    {
        if (ValueOf(name, expected) is not { } text)
        {
            return defaultValue;
        }

        if (tryParse(text, out T value))
        {
            return value;
        }

        AddError($"{name} must be {expected}");
        return defaultValue;
    }

    /// <summary>Returns a value, or null if the option is not set. Adds an error if it is a section or a list.</summary>
    private string? ValueOf(string name, string expected)
    {
        IConfigurationSection option = Section(name);
        if (option.Value is { Length: > 0 } text)
        {
            return text;
        }

        if (option.GetChildren().Any())
        {
            AddError($"{name} must be {expected}");
        }

        return null;
    }

    private delegate bool TryParse<T>(string text, out T value);
}
