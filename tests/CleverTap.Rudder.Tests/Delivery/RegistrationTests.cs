using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class RegistrationTests
{
    [Test]
    public void Configuration_binds_every_delivery_option()
    {
        foreach (
            PropertyInfo option in typeof(CleverTapOptions)
                .GetProperties()
                .Where(property => property.Name is not (nameof(CleverTapOptions.Mapping) or nameof(CleverTapOptions.DeduplicationWindow)))
        )
        {
            object other = Other(option, new CleverTapOptions());

            Assert.That(option.GetValue(Bind((option.Name, Text(other)))), Is.EqualTo(other), option.Name);
        }
    }

    [Test]
    public void Configuration_binds_the_deduplication_window()
    {
        CleverTapOptions options = Bind(("DeduplicationWindow:Count", "1000"), ("DeduplicationWindow:Time", "01:00:00"));

        Assert.That(options.DeduplicationWindow, Is.EqualTo(new DeduplicationWindow { Count = 1000, Time = TimeSpan.FromHours(1) }));
    }

    [Test]
    public void Configuration_binds_every_option_of_the_background_queue()
    {
        foreach (PropertyInfo option in typeof(BackgroundDeliveryOptions).GetProperties())
        {
            object other = Other(option, new BackgroundDeliveryOptions());
            IConfiguration section = new ConfigurationBuilder().AddInMemoryCollection([new(option.Name, Text(other))]).Build();
            ServiceProvider provider = new ServiceCollection()
                .AddCleverTapDestination(_ => { })
                .AddBackgroundDelivery(section)
                .Services.BuildServiceProvider();

            Assert.That(
                option.GetValue(provider.GetRequiredService<IOptions<BackgroundDeliveryOptions>>().Value),
                Is.EqualTo(other),
                option.Name
            );
        }
    }

    [Test]
    public void Configuration_binds_mapping_options_on_top_of_a_preset()
    {
        Assert.That(Bind(("Mapping:Preset", "RudderTransformer")).Mapping, Is.EqualTo(MappingOptions.RudderTransformer));
        Assert.That(
            Bind(("Mapping:Preset", "RudderTransformer"), ("Mapping:TrackAnonymous", "true")).Mapping,
            Is.EqualTo(MappingOptions.RudderTransformer with { TrackAnonymous = true })
        );
    }

    [Test]
    public void Configuration_binds_required_consents()
    {
        MappingOptions mapping = Bind(
            ("Mapping:Consent:0:Provider", "oneTrust"),
            ("Mapping:Consent:0:ConsentIds:0", "C1"),
            ("Mapping:Consent:0:ConsentIds:1", "C2"),
            ("Mapping:Consent:0:Strategy", "Or"),
            ("Mapping:Consent:0:IsLegacy", "true"),
            ("Mapping:Consent:0:Platform", "Ios"),
            ("Mapping:Consent:1:ConsentIds", "C3")
        ).Mapping;

        Assert.That(
            mapping,
            Is.EqualTo(
                MappingOptions.Default with
                {
                    Consent =
                    [
                        new ConsentRequirement
                        {
                            Provider = "oneTrust",
                            ConsentIds = ["C1", "C2"],
                            Strategy = ConsentStrategy.Or,
                            IsLegacy = true,
                            Platform = SourcePlatform.Ios,
                        },
                        new ConsentRequirement { ConsentIds = ["C3"] },
                    ],
                }
            )
        );
    }

    [Test]
    public void Configuration_reports_every_error_of_a_required_consent()
    {
        Assert.That(
            () => Bind(("Mapping:Consent:0:Strategy", "Some"), ("Mapping:Consent:0:Platform", "Tv"), ("Mapping:Consent:0:Ids", "C1")),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.EqualTo(
                    "CleverTap destination (section 'CleverTap'): Mapping:Consent:0:Strategy must be And or Or; "
                        + "Mapping:Consent:0:Platform must be Web or Android or Ios or Server or Warehouse; "
                        + "Mapping:Consent:0:ConsentIds must be a list of consents; Mapping:Consent:0:Ids is no option."
                )
        );
    }

    [Test]
    public void Configuration_binds_several_platforms_and_event_names()
    {
        MappingOptions mapping = Bind(
            ("Mapping:NativeSdk", "Web, android"),
            ("Mapping:WebAllowEvents:0", "Seen"),
            ("Mapping:WebAllowEvents:1", "Bought"),
            ("Mapping:WebDenyEvents:0", "Ping"),
            ("Mapping:WebDenyEvents:1", "Pong")
        ).Mapping;

        Assert.That(
            mapping,
            Is.EqualTo(
                MappingOptions.Default with
                {
                    NativeSdk = NativeSdkPlatforms.Web | NativeSdkPlatforms.Android,
                    WebAllowEvents = ["Seen", "Bought"],
                    WebDenyEvents = ["Ping", "Pong"],
                }
            )
        );
    }

    [Test]
    public void Configuration_binds_an_empty_list_of_allowed_events_as_a_list_without_names()
    {
        Assert.That(Bind(("Mapping:WebAllowEvents", "")).Mapping.WebAllowEvents, Is.Empty);
        Assert.That(Bind().Mapping.WebAllowEvents, Is.Null);
    }

    [Test]
    public void Configuration_reports_every_error_of_a_section_in_one_message()
    {
        Assert.That(
            () =>
                Bind(
                    ("Timeout", "30"),
                    ("MaxBatchRecords", "many"),
                    ("DryRun", "perhaps"),
                    ("LostResponses", "1"),
                    ("Regoin", "in1"),
                    ("MaxInFlight", "99"),
                    ("Mapping", "RudderTransformer"),
                    ("Mapping:Charged", "Loose"),
                    ("Mapping:TrackAnonymus", "true"),
                    ("Mapping:MaxEventBytes", "0"),
                    ("Background:Capacity", "5")
                ),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.EqualTo(
                    "CleverTap destination (section 'CleverTap'): Timeout must be a time such as 00:00:30; "
                        + "LostResponses must be Resend or Report; MaxBatchRecords must be a whole number; DryRun must be true or false; "
                        + "Mapping is a section: name the preset in Mapping:Preset; Mapping:MaxEventBytes must be positive, not 0; "
                        + "Mapping:Charged must be Lenient or Strict; Mapping:TrackAnonymus is no option; "
                        + "Regoin is no option; MaxInFlight must be 1 to 15, not 99."
                )
        );
    }

    [Test]
    public void Host_start_throws_when_options_are_invalid()
    {
        ServiceProvider provider = new ServiceCollection()
            .AddCleverTapDestination(options => options.AccountId = "acc")
            .Services.BuildServiceProvider();

        Assert.That(
            () => provider.GetRequiredService<IStartupValidator>().Validate(),
            Throws.TypeOf<OptionsValidationException>().With.Message.EqualTo("CleverTap destination: Passcode is missing.")
        );
    }

    [Test]
    public void AddCleverTapDestination_registers_several_destinations_by_name()
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
    public void ApplyTo_sets_the_options_of_a_RudderStack_destination_config()
    {
        using JsonDocument config = JsonDocument.Parse(
            """
            {"accountId":"acc","passcode":"p","region":"sg1",
             "trackAnonymous":false,"enableObjectIdMapping":true,"useNativeSDK":{"web":true}}
            """
        );
        var options = new CleverTapOptions();

        RudderDestinationConfig.Parse(config.RootElement).ApplyTo(options);

        Assert.That(RudderDestinationConfig.Parse(config.RootElement).ToString(), Is.EqualTo("account acc, region sg1"));
        Assert.That((options.AccountId, options.Passcode, options.Region), Is.EqualTo(("acc", "p", "sg1")));
        Assert.That(
            options.Mapping,
            Is.EqualTo(
                MappingOptions.Default with
                {
                    TrackAnonymous = false,
                    EnableObjectIdMapping = true,
                    NativeSdk = NativeSdkPlatforms.Web,
                }
            )
        );
    }

    [TestCase("""{}""")]
    [TestCase("""{"accountId":null,"useNativeSDK":null,"connectionMode":null}""")]
    [TestCase(
        """
            {"useNativeSDK":{"unity":true},"connectionMode":{},"consentManagement":{"web":[]},
             "oneTrustCookieCategories":[],"eventFilteringOption":"other"}
            """
    )]
    [TestCase("""[]""")]
    [TestCase("""null""")]
    public void ApplyTo_keeps_options_that_the_config_does_not_set(string json)
    {
        using JsonDocument config = JsonDocument.Parse(json);

        Assert.That(RudderDestinationConfig.Parse(config.RootElement).ApplyTo(MappingOptions.Default), Is.EqualTo(MappingOptions.Default));
    }

    /// <summary>A valid value that is not the default.</summary>
    private static object Other(PropertyInfo option, object defaults) =>
        option.GetValue(defaults) switch
        {
            bool on => !on,
            int number => number - 1,
            TimeSpan time => time + TimeSpan.FromSeconds(1),
            string => "other",
            Enum choice => Enum.ToObject(choice.GetType(), 1),
            null when option.PropertyType == typeof(Uri) => new Uri("https://proxy.example/"),
            null when option.Name == nameof(MappingOptions.PhoneCountryCode) => "+49",
            null or IEnumerable<string> when option.PropertyType.IsAssignableFrom(typeof(IReadOnlyList<string>)) => new[] { "other" },
            var value => throw new AssertionException($"No other value is known for {value}"),
        };

    private static string Text(object value) =>
        value is string[] list ? list.Single() : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static CleverTapOptions Bind(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .Append(("AccountId", "acc"))
                    .Append(("Passcode", "p"))
                    .Append(("RetryMaxDelay", "00:01:00"))
                    .DistinctBy(setting => setting.Item1)
                    .ToDictionary(setting => "CleverTap:" + setting.Item1, string? (setting) => setting.Item2)
            )
            .Build();
        return new ServiceCollection()
            .AddCleverTapDestination(configuration.GetSection("CleverTap"))
            .Services.BuildServiceProvider()
            .GetRequiredService<IOptions<CleverTapOptions>>()
            .Value;
    }
}
