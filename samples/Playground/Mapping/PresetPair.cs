using System.Diagnostics.CodeAnalysis;
using CleverTap.Rudder;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Playground.Mapping;

/// <summary>The two presets, each with the options that the user has set on the page.</summary>
internal sealed record PresetPair(MappingOptions Default, MappingOptions RudderTransformer)
{
    public static PresetPair Unchanged { get; } = new(MappingOptions.Default, MappingOptions.RudderTransformer);

    /// <summary>Reads the set options in the same way as a host's configuration, with the same names, values and errors.</summary>
    /// <param name="values">The values by key, below <c>Mapping</c>; several values of a key are a list.</param>
    /// <param name="pair">The presets with these values; null if a value is wrong.</param>
    /// <param name="error">The error of the library; empty on success.</param>
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
