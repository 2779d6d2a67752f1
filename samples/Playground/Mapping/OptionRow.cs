using System.Globalization;
using CleverTap.Rudder;

namespace Playground.Mapping;

/// <summary>An option of the mapping as the page shows it.</summary>
/// <param name="Key">Its key in configuration, below <c>Mapping</c>.</param>
/// <param name="Kind">What its value can be.</param>
/// <param name="Choices">The values to choose from; empty if there are none.</param>
/// <param name="Default">Its value in <see cref="MappingOptions.Default"/>, for reading.</param>
/// <param name="RudderTransformer">Its value in <see cref="MappingOptions.RudderTransformer"/>, for reading.</param>
/// <param name="About">What it does, in a few words.</param>
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

    public static OptionRow Switch(string key, Func<MappingOptions, bool> valueOf, string about) =>
        Create(key, OptionKind.Switch, SwitchChoices, options => valueOf(options) ? "true" : "false", about);

    public static OptionRow Choice<T>(string key, Func<MappingOptions, T> valueOf, string about)
        where T : struct, Enum => Create(key, OptionKind.Choice, Enum.GetNames<T>(), options => valueOf(options).ToString(), about);

    public static OptionRow Flags<T>(string key, Func<MappingOptions, T> valueOf, string about)
        where T : struct, Enum => Create(key, OptionKind.Text, Enum.GetNames<T>(), options => valueOf(options).ToString(), about);

    public static OptionRow Text(string key, Func<MappingOptions, string?> valueOf, string about) =>
        Create(key, OptionKind.Text, [], options => valueOf(options) ?? NotSet, about);

    public static OptionRow Number(string key, Func<MappingOptions, int> valueOf, string about) =>
        Create(key, OptionKind.Text, [], options => valueOf(options).ToString(CultureInfo.InvariantCulture), about);

    public static OptionRow Names(string key, Func<MappingOptions, IEnumerable<string>?> valueOf, string about) =>
        Create(key, OptionKind.Names, [], options => valueOf(options) is { } names ? JoinOrNone(names) : NotSet, about);

    private static string JoinOrNone(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } joined ? joined : "none";

    private static OptionRow Create(
        string key,
        OptionKind kind,
        IReadOnlyList<string> choices,
        Func<MappingOptions, string> valueOf,
        string about
    ) => new(key, kind, choices, valueOf(MappingOptions.Default), valueOf(MappingOptions.RudderTransformer), about);
}
