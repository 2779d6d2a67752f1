using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static CleverTap.Rudder.Tests.Delivery.DestinationConfigTests;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Environment variables and templates in RudderStack's <c>Config</c> objects.</summary>
public sealed class DestinationConfigValueTests
{
    [Test]
    public void Parse_fills_in_environment_variables_at_any_depth()
    {
        using var account = new EnvironmentVariable("acc-1");
        using var consent = new EnvironmentVariable("C\"1");
        RudderDestinationConfig config = Parse(
            $$$"""
            {"accountId":"env.{{{account.Name}}}","passcode":"\u0065nv.{{{account.Name}}}","region":"env.",
             "consentManagement":{"web":[{"provider":"custom","consents":[{"consent":"env.{{{consent.Name}}}"}]}]},"other":"env.NOT_READ"}
            """
        );

        Assert.That(config.Errors, Is.Empty);
        Assert.That((config.AccountId, config.Passcode, config.Region), Is.EqualTo(("acc-1", "acc-1", "env.")));
        Assert.That(config.Consent!.Single().ConsentIds, Is.EqualTo(new[] { "C\"1" }));
    }

    [Test]
    public void Parse_reports_unset_environment_variables_and_templates_with_the_name_of_the_setting()
    {
        RudderDestinationConfig config = Parse(
            """
            {"accountId":" {{ event.properties.account || \"secret\" }} ","passcode":"env.NO_SUCH_VARIABLE",
             "whitelistedEvents":[{"eventName":"env.NO_SUCH_NAME"}]}
            """
        );

        Assert.That((config.AccountId, config.Passcode), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(
            config.Errors,
            Is.EqualTo(
                new[]
                {
                    "Config.accountId is a template ({{ path || default }}), which only an event can fill in: give a value",
                    "Config.passcode is the environment variable NO_SUCH_VARIABLE, which is not set: set it for this process",
                    "Config.whitelistedEvents[0].eventName is the environment variable NO_SUCH_NAME, which is not set: "
                        + "set it for this process",
                }
            )
        );
    }

    [Test]
    public void Host_does_not_start_when_a_config_has_errors()
    {
        RudderDestinationConfig config = Parse("""{"accountId":"acc","passcode":"env.NO_SUCH_VARIABLE"}""");
        ServiceProvider provider = new ServiceCollection().AddCleverTapDestination(config.ApplyTo).Services.BuildServiceProvider();

        Assert.That(
            () => provider.GetRequiredService<IOptions<CleverTapOptions>>().Value,
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.Contains("Config.passcode is the environment variable NO_SUCH_VARIABLE")
        );
    }

    [Test]
    public void ParseDestination_moves_the_values_of_templates_from_the_event()
    {
        const string Destination =
            """{"Config":{"accountId":"{{ event.properties.account || \"defaults\" }}","region":"{{ message.context.region || in1 }}"}}""";

        (RudderDestinationConfig given, string rest) = ParseDestination(
            Destination,
            """ {"type":"track","properties":{"account":"acc-2","price":1}}"""
        );
        (RudderDestinationConfig defaults, string untouched) = ParseDestination(
            Destination,
            """{"type":"track","properties":{"price":1}}"""
        );

        Assert.That((given.AccountId, given.Region, rest), Is.EqualTo(("acc-2", "in1", """{"type":"track","properties":{"price":1}}""")));
        Assert.That(
            (defaults.AccountId, defaults.Region, untouched),
            Is.EqualTo(("defaults", "in1", """{"type":"track","properties":{"price":1}}"""))
        );
        Assert.That(given.Errors.Concat(defaults.Errors), Is.Empty);
    }

    [Test]
    public void ParseDestination_does_not_read_an_environment_variable_that_an_event_names()
    {
        using var variable = new EnvironmentVariable("secret");

        (RudderDestinationConfig config, _) = ParseDestination(
            """{"Config":{"accountId":"{{ event.properties.account || acc }}"}}""",
            $$$"""{"properties":{"account":"env.{{{variable.Name}}}"}}"""
        );

        Assert.That(config.AccountId, Is.EqualTo($"env.{variable.Name}"));
    }

    [Test]
    public void ParseDestination_reports_templates_when_the_destination_has_no_dynamic_config()
    {
        (RudderDestinationConfig config, string rest) = ParseDestination(
            """{"Config":{"accountId":"{{ event.account || acc }}"},"hasDynamicConfig":false}""",
            """{"account":"acc-2"}"""
        );

        Assert.That(
            config.Errors,
            Is.EqualTo(new[] { "Config.accountId is a template ({{ path || default }}), which only an event can fill in: give a value" })
        );
        Assert.That(rest, Is.EqualTo("""{"account":"acc-2"}"""));
    }

    [Test]
    public void ParseDestination_reports_an_event_that_is_not_JSON_when_there_are_templates()
    {
        (RudderDestinationConfig config, string rest) = ParseDestination(
            """{"Config":{"accountId":"{{ event.account || acc }}"}}""",
            """{"account":"""
        );

        Assert.That(config.Errors.Single(), Does.Contain("the event that would fill them in is not valid JSON"));
        Assert.That(rest, Is.EqualTo("""{"account":"""));
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"Config":null}""")]
    [TestCase("""{"Config":["{{ event.a || b }}"]}""")]
    public void ParseDestination_sets_nothing_when_there_is_no_config(string destination)
    {
        (RudderDestinationConfig config, _) = ParseDestination(destination, "{}");

        Assert.That(config.ApplyTo(MappingOptions.Default), Is.EqualTo(MappingOptions.Default));
    }

    [Test]
    public void Protocol_does_not_read_the_environment()
    {
        using var variable = new EnvironmentVariable("secret");

        RudderDestinationConfig config = RudderDestinationConfig.Parse(
            new JsonSlice(Encoding.UTF8.GetBytes($$"""{"accountId":"env.{{variable.Name}}"}"""))
        );

        Assert.That(config.AccountId, Is.EqualTo($"env.{variable.Name}"));
    }

    private static (RudderDestinationConfig Config, string Event) ParseDestination(string destination, string message)
    {
        using JsonDocument json = JsonDocument.Parse(destination);
        ReadOnlyMemory<byte> utf8 = Encoding.UTF8.GetBytes(message);
        RudderDestinationConfig config = RudderDestinationConfig.ParseDestination(json.RootElement, ref utf8);
        return (config, Encoding.UTF8.GetString(utf8.Span));
    }

    /// <summary>Sets an environment variable with a unique name until it is disposed.</summary>
    private sealed class EnvironmentVariable : IDisposable
    {
        public EnvironmentVariable(string value) => Environment.SetEnvironmentVariable(Name, value);

        public string Name { get; } = $"CONFIG_TEST_{Guid.NewGuid():N}";

        public void Dispose() => Environment.SetEnvironmentVariable(Name, null);
    }
}
