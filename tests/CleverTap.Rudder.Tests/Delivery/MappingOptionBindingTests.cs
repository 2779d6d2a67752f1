using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Every member of the mapping options binds from configuration.</summary>
public sealed class MappingOptionBindingTests
{
    /// <summary>A text and the value that it binds to, which differs from the default, for each option.</summary>
    private static readonly object[][] Settings =
    [
        [nameof(MappingOptions.TrackAnonymous), "false", false],
        [nameof(MappingOptions.EnableObjectIdMapping), "true", true],
        [nameof(MappingOptions.NativeSdk), "Web, Ios", NativeSdkPlatforms.Web | NativeSdkPlatforms.Ios],
        [nameof(MappingOptions.FilterUnsupportedCalls), "false", false],
        [nameof(MappingOptions.HonorIntegrations), "false", false],
        [nameof(MappingOptions.RequireIds), "false", false],
        [nameof(MappingOptions.GuardIdentityFields), "false", false],
        [nameof(MappingOptions.LinkAnonymousProfiles), "true", true],
        [nameof(MappingOptions.TraitNaming), "AsIs", TraitNaming.AsIs],
        [nameof(MappingOptions.TraitPrecedence), "ContextTraits", TraitPrecedence.ContextTraits],
        [nameof(MappingOptions.NameFromOnePart), "false", false],
        [nameof(MappingOptions.EscapeViewNames), "true", true],
        [nameof(MappingOptions.ViewNameFallback), "Path", ViewNameFallback.Path],
        [nameof(MappingOptions.WebPageNames), "DeviceMode", WebPageNames.DeviceMode],
        [nameof(MappingOptions.Timestamps), "ExplicitOnly", TimestampSource.ExplicitOnly],
        [nameof(MappingOptions.ConvertBirthday), "false", false],
        [nameof(MappingOptions.ConvertDates), "false", false],
        [nameof(MappingOptions.NormalizeProfileFields), "false", false],
        [nameof(MappingOptions.PhoneCountryCode), "49", "+49"],
        [nameof(MappingOptions.SendUnknownGender), "false", false],
        [nameof(MappingOptions.KeepOperators), "false", false],
        [nameof(MappingOptions.NestedValues), "Flatten", NestedValues.Flatten],
        [nameof(MappingOptions.MultiValueArrays), "true", true],
        [nameof(MappingOptions.OmitNullProperties), "false", false],
        [nameof(MappingOptions.Charged), "Strict", ChargedMapping.Strict],
        [nameof(MappingOptions.Numbers), "EcmaScript", NumberFormat.EcmaScript],
        [nameof(MappingOptions.CheckRules), "false", false],
        [nameof(MappingOptions.MaxEventBytes), "4711", 4711],
    ];

    private static readonly PropertyInfo[] Options = typeof(MappingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static readonly object[][] Lists =
    [
        [nameof(MappingOptions.WebAllowEvents), new[] { "Seen", "Order Completed" }],
        [nameof(MappingOptions.WebDenyEvents), new[] { "Ping", "Pong" }],
        [nameof(MappingOptions.DateFields), new[] { "lastLogin", "expiry" }],
        [nameof(MappingOptions.AllowEvents), new[] { "Seen", "Web Page Viewed: Home" }],
        [nameof(MappingOptions.DenyEvents), new[] { "Ping", "Pong" }],
        [nameof(MappingOptions.DropTraits), new[] { "ssn", "salary" }],
        [nameof(MappingOptions.DropProperties), new[] { "ip", "debug" }],
    ];

    /// <summary>A name in configuration may contain colons, which configuration reads as levels.</summary>
    private static readonly object[][] NewNames =
    [
        [nameof(MappingOptions.RenameEvents), new Dictionary<string, string> { ["Web Page Viewed: Home"] = "Home", ["Seen"] = "Looked" }],
        [nameof(MappingOptions.RenameTraits), new Dictionary<string, string> { ["planTier"] = "Plan", ["a:b:c"] = "D" }],
        [nameof(MappingOptions.RenameProperties), new Dictionary<string, string> { ["colour"] = "color" }],
    ];

    [TestCaseSource(nameof(Settings))]
    public void Mapping_option_binds(string option, string text, object expected)
    {
        PropertyInfo property = typeof(MappingOptions).GetProperty(option)!;

        Assert.That(property.GetValue(MappingOptions.Default), Is.Not.EqualTo(expected), "the table names another value than the default");
        Assert.That(property.GetValue(Bind((option, text))), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Lists))]
    public void Mapping_option_binds_when_it_is_a_list(string option, string[] expected)
    {
        PropertyInfo property = typeof(MappingOptions).GetProperty(option)!;
        (string Key, string Value)[] settings = [.. expected.Select((value, index) => ($"{option}:{index}", value))];

        Assert.That(property.GetValue(MappingOptions.Default), Is.Null.Or.Empty);
        Assert.That(property.GetValue(Bind(settings)), Is.EquivalentTo(expected));
        Assert.That(property.GetValue(Bind((option, expected[0]))), Is.EquivalentTo(new[] { expected[0] }), "one value is a list of one");
    }

    [TestCaseSource(nameof(NewNames))]
    public void Mapping_option_binds_when_it_has_new_names(string option, Dictionary<string, string> expected)
    {
        PropertyInfo property = typeof(MappingOptions).GetProperty(option)!;
        (string Key, string Value)[] settings = [.. expected.Select(pair => ($"{option}:{pair.Key}", pair.Value))];

        Assert.That(property.GetValue(MappingOptions.Default), Is.Empty);
        Assert.That(property.GetValue(Bind(settings)), Is.EquivalentTo(expected));
    }

    [Test]
    public void Consent_requirements_bind()
    {
        MappingOptions mapping = Bind(
            ("Consent:0:Provider", "oneTrust"),
            ("Consent:0:ConsentIds:0", "C0002"),
            ("Consent:0:ConsentIds:1", "C0004"),
            ("Consent:0:Strategy", "Or"),
            ("Consent:1:Provider", "ketch"),
            ("Consent:1:ConsentIds", "marketing")
        );
        IEnumerable<(string, string, ConsentStrategy?)> consent = mapping.Consent.Select(requirement =>
            (requirement.Provider, string.Join(",", requirement.ConsentIds), requirement.Strategy)
        );

        Assert.That(MappingOptions.Default.Consent, Is.Empty);
        (string, string, ConsentStrategy?)[] expected = [("oneTrust", "C0002,C0004", ConsentStrategy.Or), ("ketch", "marketing", null)];
        Assert.That(consent, Is.EqualTo(expected));
    }

    [Test]
    public void Tables_of_this_test_contain_every_mapping_option()
    {
        IEnumerable<object> tables = Settings.Concat(Lists).Concat(NewNames).Select(row => row[0]).Append(nameof(MappingOptions.Consent));
        string[] codeOnly = [nameof(MappingOptions.Mappers)];

        Assert.That(tables.Concat(codeOnly), Is.EquivalentTo(Options.Select(option => option.Name)));
    }

    [Test]
    public void Mapping_option_changes_no_other_option()
    {
        foreach (object[] row in Settings)
        {
            MappingOptions bound = Bind(((string)row[0], (string)row[1]));
            foreach (PropertyInfo other in Options.Where(other => other.Name != (string)row[0]))
            {
                Assert.That(other.GetValue(bound), Is.EqualTo(other.GetValue(MappingOptions.Default)), $"{row[0]} changed {other.Name}");
            }
        }
    }

    private static MappingOptions Bind(params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?> { ["CleverTap:AccountId"] = "acc", ["CleverTap:Passcode"] = "p" };
        foreach ((string key, string value) in settings)
        {
            values.Add($"CleverTap:Mapping:{key}", value);
        }

        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        return new ServiceCollection()
            .AddCleverTapDestination(configuration.GetSection("CleverTap"))
            .Services.BuildServiceProvider()
            .GetRequiredService<IOptions<CleverTapOptions>>()
            .Value.Mapping;
    }
}
