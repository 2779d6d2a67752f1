using System.Reflection;
using Microsoft.Extensions.Primitives;
using Playground.Mapping;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class OptionTableTests
{
    /// <summary>Options that are not values or lists of values.</summary>
    private static readonly string[] Others =
    [
        nameof(MappingOptions.Mappers),
        nameof(MappingOptions.RenameEvents),
        nameof(MappingOptions.RenameTraits),
        nameof(MappingOptions.RenameProperties),
    ];

    private static IEnumerable<PropertyInfo> Members =>
        typeof(MappingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => !Others.Contains(member.Name));

    private static IEnumerable<PropertyInfo> DifferingMembers =>
        Members.Where(member => !Equals(member.GetValue(MappingOptions.Default), member.GetValue(MappingOptions.RudderTransformer)));

    [Test]
    public void Table_has_a_row_for_every_mapping_option() =>
        Assert.That(
            OptionTable.Rows.Select(row => row.Key.Split(':')[0]).Distinct(),
            Is.EquivalentTo(Members.Select(member => member.Name))
        );

    [Test]
    public void Row_tells_whether_the_presets_differ() =>
        Assert.That(
            OptionTable.Rows.Where(row => row.Differs).Select(row => row.Key),
            Is.EquivalentTo(DifferingMembers.Select(member => member.Name))
        );

    [Test]
    public void Configuration_accepts_every_choice_of_every_option()
    {
        foreach (OptionRow row in OptionTable.Rows)
        {
            foreach (string choice in row.Choices)
            {
                Assert.That(Read([new(row.Key, choice)], out string error), Is.Not.Null, $"{row.Key}={choice}: {error}");
            }
        }
    }

    [Test]
    public void Option_applies_to_both_presets()
    {
        PresetPair? pair = Read([new("NestedValues", "Flatten"), new("DateFields", new StringValues(["trial_ends", "renewal"]))], out _);

        Assert.That(pair!.Default.NestedValues, Is.EqualTo(NestedValues.Flatten));
        Assert.That(pair.RudderTransformer.DateFields, Is.EqualTo(new[] { "trial_ends", "renewal" }));
        Assert.That(pair.RudderTransformer.TraitNaming, Is.EqualTo(MappingOptions.RudderTransformer.TraitNaming));
    }

    [Test]
    public void PresetPair_reads_a_consent_requirement()
    {
        KeyValuePair<string, StringValues>[] values =
        [
            new("Consent:0:Provider", "oneTrust"),
            new("Consent:0:ConsentIds", "C0002"),
            new("Consent:0:Strategy", "Or"),
        ];

        ConsentRequirement consent = Read(values, out _)!.Default.Consent.Single();

        Assert.That(
            (consent.Provider, consent.ConsentIds.Single(), consent.Strategy),
            Is.EqualTo(("oneTrust", "C0002", ConsentStrategy.Or))
        );
    }

    [TestCase("NestedValues", "Deep", "Mapping:NestedValues must be Text or Flatten or Keep")]
    [TestCase("PhoneCountryCode", "0049", "Mapping:PhoneCountryCode must be one to three digits")]
    [TestCase("MaxEventBytes", "0", "Mapping:MaxEventBytes must be positive")]
    [TestCase("NestedValue", "Text", "Mapping:NestedValue is no option")]
    public void PresetPair_returns_the_error_of_a_wrong_value(string key, string value, string expected)
    {
        PresetPair? pair = Read([new(key, value)], out string error);

        Assert.That(pair, Is.Null);
        Assert.That(error, Does.Contain(expected));
    }

    private static PresetPair? Read(KeyValuePair<string, StringValues>[] values, out string error) =>
        PresetPair.TryRead(values, out PresetPair? pair, out error) ? pair : null;
}
