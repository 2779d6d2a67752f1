using System.Diagnostics.CodeAnalysis;
using CleverTap.Rudder;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Playground.Mapping;

/// <summary>The two presets, each with the options that a person has set on the page.</summary>
internal sealed record PresetPair(MappingOptions Default, MappingOptions RudderTransformer)
{
    public static PresetPair Unchanged { get; } = new(MappingOptions.Default, MappingOptions.RudderTransformer);

    /// <summary>Reads the set options as a host's configuration is read: the same names, the same values, the same errors.</summary>
    /// <param name="values">The values by their key below <c>Mapping</c>; several values of one key are a list.</param>
    /// <param name="pair">The presets with these values; null if one of them is wrong.</param>
    /// <param name="error">The library's own error; empty if there is none.</param>
    public static bool TryRead(
        IReadOnlyCollection<KeyValuePair<string, StringValues>> values,
        [NotNullWhen(true)] out PresetPair? pair,
        out string error
    )
    {
        (pair, error) = (Unchanged, "");
        if (values.Count == 0)
        {
            return true;
        }

        try
        {
            pair = new PresetPair(Apply(nameof(MappingOptions.Default), values), Apply(nameof(MappingOptions.RudderTransformer), values));
            return true;
        }
        catch (OptionsValidationException exception)
        {
            (pair, error) = (null, exception.Message);
            return false;
        }
    }

    private static MappingOptions Apply(string preset, IReadOnlyCollection<KeyValuePair<string, StringValues>> values)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, StringValues given) in values)
        {
            for (int index = 0; index < given.Count; index++)
            {
                settings[given.Count == 1 ? $"Mapping:{key}" : $"Mapping:{key}:{index}"] = given[index];
            }
        }

        settings["Mapping:Preset"] = preset;

        // A destination needs an account; nothing is sent to this one.
        settings[nameof(CleverTapOptions.AccountId)] = "playground";
        settings[nameof(CleverTapOptions.Passcode)] = "playground";
        var services = new ServiceCollection();
        services.AddCleverTapDestination(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<CleverTapOptions>>().Value.Mapping;
    }
}
