using System.Globalization;
using CleverTap.Rudder;

namespace Playground.Mapping;

/// <summary>A mapping option as the page shows it.</summary>
/// <param name="Key">The key in configuration, below <c>Mapping</c>.</param>
/// <param name="Kind">The kind of value.</param>
/// <param name="Choices">The possible values; empty for free text.</param>
/// <param name="Default">The display text of the value in <see cref="MappingOptions.Default"/>.</param>
/// <param name="RudderTransformer">The display text of the value in <see cref="MappingOptions.RudderTransformer"/>.</param>
/// <param name="About">A short description.</param>
internal sealed record OptionRow(
    string Key,
    OptionKind Kind,
    IReadOnlyList<string> Choices,
    string Default,
    string RudderTransformer,
    string About
)
{
    private const string NotSet = "not set";

    private static readonly string[] SwitchChoices = ["true", "false"];

    /// <summary>Whether the two presets have different values.</summary>
    public bool Differs => Default != RudderTransformer;

    public static OptionRow Switch(string key, Func<MappingOptions, bool> getValue, string about) =>
        Create(key, OptionKind.Switch, SwitchChoices, options => getValue(options) ? "true" : "false", about);

    public static OptionRow Choice<T>(string key, Func<MappingOptions, T> getValue, string about)
        where T : struct, Enum => Create(key, OptionKind.Choice, Enum.GetNames<T>(), options => getValue(options).ToString(), about);

    public static OptionRow Flags<T>(string key, Func<MappingOptions, T> getValue, string about)
        where T : struct, Enum => Create(key, OptionKind.Text, Enum.GetNames<T>(), options => getValue(options).ToString(), about);

    public static OptionRow Text(string key, Func<MappingOptions, string?> getValue, string about) =>
        Create(key, OptionKind.Text, [], options => getValue(options) ?? NotSet, about);

    public static OptionRow Number(string key, Func<MappingOptions, int> getValue, string about) =>
        Create(key, OptionKind.Text, [], options => getValue(options).ToString(CultureInfo.InvariantCulture), about);

    public static OptionRow Names(string key, Func<MappingOptions, IEnumerable<string>?> getValue, string about) =>
        Create(key, OptionKind.Names, [], options => getValue(options) is { } names ? JoinOrNone(names) : NotSet, about);

    private static string JoinOrNone(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } joined ? joined : "none";

    private static OptionRow Create(
        string key,
        OptionKind kind,
        IReadOnlyList<string> choices,
        Func<MappingOptions, string> getValue,
        string about
    ) => new(key, kind, choices, getValue(MappingOptions.Default), getValue(MappingOptions.RudderTransformer), about);
}
