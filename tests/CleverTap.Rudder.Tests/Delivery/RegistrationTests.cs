using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class RegistrationTests
{
    [Test]
    public void A_section_binds_every_option()
    {
        CleverTapOptions options = Bind(
            ("AccountId", "acc"), ("Passcode", "p"), ("Region", "in1"), ("Endpoint", "https://proxy.example/"), ("Timeout", "00:00:05"),
            ("MaxBatchRecords", "10"), ("MaxBatchBytes", "4096"), ("DryRun", "true"), ("Mapping:MaxEventBytes", "2048"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.AccountId, Is.EqualTo("acc"));
            Assert.That(options.Passcode, Is.EqualTo("p"));
            Assert.That(options.Region, Is.EqualTo("in1"));
            Assert.That(options.Endpoint, Is.EqualTo(new Uri("https://proxy.example/")));
            Assert.That(options.Timeout, Is.EqualTo(TimeSpan.FromSeconds(5)));
            Assert.That(options.MaxBatchRecords, Is.EqualTo(10));
            Assert.That(options.MaxBatchBytes, Is.EqualTo(4096));
            Assert.That(options.DryRun);
            Assert.That(options.Mapping.MaxEventBytes, Is.EqualTo(2048));
        }
    }

    [Test]
    public void The_whole_mapping_can_be_configured_from_a_preset_on()
    {
        Assert.That(Bind(("Mapping:Preset", "RudderTransformer")).Mapping, Is.EqualTo(MappingOptions.RudderTransformer));
        Assert.That(
            Bind(("Mapping:Preset", "RudderTransformer"), ("Mapping:TrackAnonymous", "true")).Mapping,
            Is.EqualTo(MappingOptions.RudderTransformer with { TrackAnonymous = true }));
    }

    [Test]
    public void Every_mapping_option_binds()
    {
        foreach (System.Reflection.PropertyInfo option in typeof(MappingOptions).GetProperties().Where(property => property.GetMethod is { IsStatic: false } && property.Name != "EqualityContract"))
        {
            object other = option.GetValue(MappingOptions.Default) switch
            {
                bool on => !on,
                int number => number + 1,
                Enum choice => Enum.ToObject(choice.GetType(), 1),
                var value => throw new AssertionException($"No other value is known for {value}"),
            };

            MappingOptions bound = Bind(($"Mapping:{option.Name}", other.ToString()!)).Mapping;

            Assert.That(option.GetValue(bound), Is.EqualTo(other), option.Name);
        }
    }

    [Test]
    public void Wrong_options_are_found_when_the_host_starts()
    {
        ServiceProvider provider = new ServiceCollection().AddCleverTapDestination(options => options.AccountId = "acc").Services.BuildServiceProvider();

        Assert.That(
            () => provider.GetRequiredService<IStartupValidator>().Validate(),
            Throws.TypeOf<OptionsValidationException>().With.Message.EqualTo("CleverTap destination: Passcode is missing."));
    }

    [Test]
    public void Several_destinations_stand_side_by_side_under_their_names()
    {
        var services = new ServiceCollection();
        services.AddCleverTapDestination("india", options => (options.AccountId, options.Passcode, options.Region) = ("a", "p", "in1"));
        services.AddCleverTapDestination("europe", options => (options.AccountId, options.Passcode) = ("b", "p"));
        ServiceProvider provider = services.BuildServiceProvider();

        IOptionsMonitor<CleverTapOptions> options = provider.GetRequiredService<IOptionsMonitor<CleverTapOptions>>();
        Assert.That(options.Get("india").Region, Is.EqualTo("in1"));
        Assert.That(options.Get("europe").AccountId, Is.EqualTo("b"));
        Assert.That(provider.GetRequiredKeyedService<ICleverTapDestination>("india"), Is.Not.Null);
        Assert.That(provider.GetRequiredKeyedService<ICleverTapDestination>("europe"), Is.Not.Null);
        Assert.That(provider.GetService<ICleverTapDestination>(), Is.Null);
    }

    [Test]
    public void A_RudderStack_destination_config_becomes_options()
    {
        using JsonDocument config = JsonDocument.Parse(
            """{"accountId":"acc","passcode":"p","region":"sg1","trackAnonymous":false,"enableObjectIdMapping":true,"useNativeSDK":{"web":true}}""");
        var options = new CleverTapOptions();

        RudderDestinationConfig.Parse(config.RootElement).ApplyTo(options);

        Assert.That((options.AccountId, options.Passcode, options.Region), Is.EqualTo(("acc", "p", "sg1")));
        Assert.That(options.Mapping, Is.EqualTo(MappingOptions.Default with { TrackAnonymous = false, EnableObjectIdMapping = true, UseNativeSdk = true }));
    }

    [TestCase("""{}""")]
    [TestCase("""{"accountId":null,"useNativeSDK":true}""")]
    [TestCase("""[]""")]
    [TestCase("""null""")]
    public void What_a_config_does_not_set_stays(string json)
    {
        using JsonDocument config = JsonDocument.Parse(json);

        Assert.That(RudderDestinationConfig.Parse(config.RootElement).ApplyTo(MappingOptions.Default), Is.EqualTo(MappingOptions.Default));
    }

    private static CleverTapOptions Bind(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(("AccountId", "acc")).Append(("Passcode", "p")).DistinctBy(setting => setting.Item1).ToDictionary(setting => "CleverTap:" + setting.Item1, string? (setting) => setting.Item2))
            .Build();
        return new ServiceCollection()
            .AddCleverTapDestination(configuration.GetSection("CleverTap")).Services
            .BuildServiceProvider()
            .GetRequiredService<IOptions<CleverTapOptions>>().Value;
    }
}
