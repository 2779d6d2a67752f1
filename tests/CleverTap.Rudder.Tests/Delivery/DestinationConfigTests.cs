using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>RudderStack's <c>Config</c> objects, as the control plane stores them and as rudder-server passes them on.</summary>
public sealed class DestinationConfigTests
{
    private const NativeSdkPlatforms AllMobile = NativeSdkPlatforms.ReactNative | NativeSdkPlatforms.Android | NativeSdkPlatforms.Ios;

    [TestCase("""{"useNativeSDK":true}""", null, NativeSdkPlatforms.All)]
    [TestCase("""{"useNativeSDK":false}""", null, NativeSdkPlatforms.None)]
    [TestCase("""{"useNativeSDK":"true"}""", null, NativeSdkPlatforms.All)]
    [TestCase("""{"useNativeSDK":"no"}""", null, NativeSdkPlatforms.None)]
    [TestCase("""{"useNativeSDK":{"web":true}}""", null, NativeSdkPlatforms.Web)]
    [TestCase("""{"useNativeSDK":{"web":false}}""", null, NativeSdkPlatforms.None)]
    [TestCase(
        """{"useNativeSDK":{"web":true,"android":true,"ios":false,"reactnative":false}}""",
        null,
        NativeSdkPlatforms.Web | NativeSdkPlatforms.Android
    )]
    [TestCase("""{"useNativeSDK":{"ios":true,"reactnative":true}}""", null, NativeSdkPlatforms.Ios | NativeSdkPlatforms.ReactNative)]
    [TestCase("""{"useNativeSDK":{"androidKotlin":true,"iosSwift":true}}""", null, NativeSdkPlatforms.Android | NativeSdkPlatforms.Ios)]
    [TestCase("""{"useNativeSDK":{"unity":true,"cloud":true}}""", null, null)]
    [TestCase("""{"connectionMode":"device"}""", null, NativeSdkPlatforms.All)]
    [TestCase("""{"connectionMode":"cloud"}""", null, NativeSdkPlatforms.None)]
    [TestCase("""{"connectionMode":"hybrid"}""", null, NativeSdkPlatforms.None)]
    [TestCase("""{"connectionMode":{"web":"device","android":"cloud"}}""", null, NativeSdkPlatforms.Web)]
    [TestCase(
        """{"useNativeSDK":{"android":true},"connectionMode":{"web":"device"}}""",
        null,
        NativeSdkPlatforms.Web | NativeSdkPlatforms.Android
    )]
    [TestCase("""{"useNativeSDK":{"web":true},"connectionMode":{"web":"cloud"}}""", null, NativeSdkPlatforms.Web)]
    [TestCase("""{}""", null, null)]
    [TestCase("""{"useNativeSDK":true}""", "web", NativeSdkPlatforms.Web)]
    [TestCase("""{"useNativeSDK":true}""", "Android", NativeSdkPlatforms.Android)]
    [TestCase("""{"useNativeSDK":true}""", "reactnative", AllMobile)]
    [TestCase("""{"useNativeSDK":true}""", "unity", NativeSdkPlatforms.None)]
    [TestCase("""{"useNativeSDK":{"web":true,"android":true}}""", "web", NativeSdkPlatforms.Web)]
    [TestCase("""{"useNativeSDK":{"web":true,"reactnative":true}}""", "reactnative", AllMobile)]
    [TestCase("""{"useNativeSDK":{"web":true,"ios":false}}""", "ios", NativeSdkPlatforms.None)]
    [TestCase("""{"useNativeSDK":{"web":true}}""", "cloud", null)]
    [TestCase("""{"connectionMode":{"web":"device","ios":"device"}}""", "ios", NativeSdkPlatforms.Ios)]
    public void NativeSdk_is_the_set_of_platforms_in_device_mode(string json, string? sourceType, NativeSdkPlatforms? expected)
    {
        RudderDestinationConfig config = Parse(json, sourceType);

        Assert.That(config.NativeSdk, Is.EqualTo(expected));
        Assert.That(config.ApplyTo(MappingOptions.Default).NativeSdk, Is.EqualTo(expected ?? NativeSdkPlatforms.None));
        Assert.That(config.ApplyTo(MappingOptions.RudderTransformer).NativeSdk, Is.EqualTo(NativeSdkPlatforms.None));
    }

    [Test]
    public void Consents_of_a_flat_list_apply_to_every_event()
    {
        RudderDestinationConfig config = Parse(
            """
            {"consentManagement":[
               {"provider":"custom","consents":[{"consent":" C1 "},{"consent":""},{"consent":"C2"}],"resolutionStrategy":"or"},
               {"provider":"custom","consents":[{"consent":"C3"}]},
               {"consents":[{"consent":"C4"}],"resolutionStrategy":"or"},
               {"provider":"ketch","consents":[]},
               null],
             "oneTrustCookieCategories":[{"oneTrustCookieCategory":"C0001"},{"oneTrustCookieCategory":"C0002"}],
             "ketchConsentPurposes":[{"purpose":"ads"}]}
            """
        );

        Assert.That(
            config.Consent,
            Is.EqualTo(
                new ConsentRequirement[]
                {
                    new() { ConsentIds = ["C1", "C2"], Strategy = ConsentStrategy.Or },
                    new() { ConsentIds = ["C3"], Strategy = ConsentStrategy.And },
                    new() { Provider = "oneTrust", ConsentIds = ["C4"] },
                    new()
                    {
                        Provider = "oneTrust",
                        ConsentIds = ["C0001", "C0002"],
                        Strategy = ConsentStrategy.And,
                        IsLegacy = true,
                    },
                    new()
                    {
                        Provider = "ketch",
                        ConsentIds = ["ads"],
                        Strategy = ConsentStrategy.Or,
                        IsLegacy = true,
                    },
                }
            )
        );
    }

    [Test]
    public void Consents_per_source_type_apply_to_the_events_of_the_platform()
    {
        RudderDestinationConfig config = Parse(
            """
            {"consentManagement":{
               "web":[{"provider":"custom","consents":[{"consent":"W"}]}],
               "amp":[{"provider":"custom","consents":[{"consent":"amp is not asked where web has an entry"}]}],
               "android":[],
               "androidKotlin":[{"provider":"custom","consents":[{"consent":"A"}]}],
               "flutter":[{"provider":"custom","consents":[{"consent":"F"}]}],
               "cloud":[{"provider":"custom","consents":[{"consent":"S"}]}],
               "warehouse":[{"provider":"custom","consents":[{"consent":"R"}]}]},
             "oneTrustCookieCategories":{"web":[{"oneTrustCookieCategory":"C0001"}]},
             "ketchConsentPurposes":{"ios":[{"purpose":"ads"}]}}
            """
        );

        Assert.That(
            config.Consent!.Select(requirement =>
                $"{requirement.Platform} {requirement.Provider} {string.Join(",", requirement.ConsentIds)}"
            ),
            Is.EqualTo(
                new[]
                {
                    "Web custom W",
                    "Android custom A",
                    "Ios custom F",
                    "Server custom S",
                    "Warehouse custom R",
                    "Web oneTrust C0001",
                    "Ios ketch ads",
                }
            )
        );
    }

    [TestCase("web", "W C0001")]
    [TestCase("ANDROIDKOTLIN", "A")]
    [TestCase("unity", "")]
    public void Consents_of_a_given_source_type_apply_to_every_event(string sourceType, string ids)
    {
        RudderDestinationConfig config = Parse(
            """
            {"consentManagement":{"web":[{"provider":"custom","consents":[{"consent":"W"}]}],"androidKotlin":[{"provider":"custom","consents":[{"consent":"A"}]}]},
             "oneTrustCookieCategories":{"web":[{"oneTrustCookieCategory":"C0001"}]}}
            """,
            sourceType
        );

        Assert.That(string.Join(' ', (config.Consent ?? []).SelectMany(requirement => requirement.ConsentIds)), Is.EqualTo(ids));
        Assert.That((config.Consent ?? []).Select(requirement => requirement.Platform), Is.All.Null);
    }

    [Test]
    public void ApplyTo_keeps_the_consents_when_rudder_server_has_filtered()
    {
        RudderDestinationConfig config = Parse("""{"consentManagement":[{"provider":"custom","consents":[{"consent":"C1"}]}]}""");

        Assert.That(config.ApplyTo(MappingOptions.Default).Consent, Has.Count.EqualTo(1));
        Assert.That(config.ApplyTo(MappingOptions.RudderTransformer), Is.EqualTo(MappingOptions.RudderTransformer));
    }

    [TestCase(
        """{"eventFilteringOption":"whitelistedEvents","whitelistedEvents":[{"eventName":" Seen "},{"eventName":""}],"blacklistedEvents":[{"eventName":"Ping"}]}""",
        "Seen",
        ""
    )]
    [TestCase("""{"eventFilteringOption":"whitelistedEvents"}""", "", "")]
    [TestCase(
        """{"eventFilteringOption":"blacklistedEvents","whitelistedEvents":[{"eventName":"Seen"}],"blacklistedEvents":[{"eventName":"Ping"}]}""",
        null,
        "Ping"
    )]
    [TestCase("""{"eventFilteringOption":"disable","blacklistedEvents":[{"eventName":"Ping"}]}""", null, "")]
    [TestCase("""{"blacklistedEvents":[{"eventName":"Ping"}]}""", "given", "given")]
    public void ApplyTo_replaces_the_event_lists_by_the_list_that_is_chosen(string json, string? allow, string deny)
    {
        MappingOptions given = MappingOptions.Default with { WebAllowEvents = ["given"], WebDenyEvents = ["given"] };

        MappingOptions options = Parse(json).ApplyTo(given);

        Assert.That(options.WebAllowEvents is null ? null : string.Join(',', options.WebAllowEvents), Is.EqualTo(allow));
        Assert.That(string.Join(',', options.WebDenyEvents), Is.EqualTo(deny));
    }

    [Test]
    public void ApplyTo_gives_equal_options_when_a_config_is_read_twice()
    {
        const string Json = """
            {"consentManagement":[{"provider":"custom","consents":[{"consent":"C1"}]}],"eventFilteringOption":"whitelistedEvents","whitelistedEvents":[{"eventName":"Seen"}]}
            """;

        RudderDestinationConfig one = Parse(Json);
        RudderDestinationConfig other = Parse(Json);

        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.ApplyTo(MappingOptions.Default), Is.EqualTo(other.ApplyTo(MappingOptions.Default)));
        Assert.That(one.ApplyTo(MappingOptions.Default).GetHashCode(), Is.EqualTo(other.ApplyTo(MappingOptions.Default).GetHashCode()));
    }

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
            {"accountId":" {{ event.properties.account || \"secret\" }} ","passcode":"env.NO_SUCH_VARIABLE","whitelistedEvents":[{"eventName":"env.NO_SUCH_NAME"}]}
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
                    "Config.whitelistedEvents[0].eventName is the environment variable NO_SUCH_NAME, which is not set: set it for this process",
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
            """{"Config":{"accountId":"{{ event.properties.account || \"usual\" }}","region":"{{ message.context.region || in1 }}"}}""";

        (RudderDestinationConfig given, string rest) = ParseDestination(
            Destination,
            """ {"type":"track","properties":{"account":"acc-2","price":1}}"""
        );
        (RudderDestinationConfig usual, string untouched) = ParseDestination(Destination, """{"type":"track","properties":{"price":1}}""");

        Assert.That((given.AccountId, given.Region, rest), Is.EqualTo(("acc-2", "in1", """{"type":"track","properties":{"price":1}}""")));
        Assert.That(
            (usual.AccountId, usual.Region, untouched),
            Is.EqualTo(("usual", "in1", """{"type":"track","properties":{"price":1}}"""))
        );
        Assert.That(given.Errors.Concat(usual.Errors), Is.Empty);
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

    private static RudderDestinationConfig Parse(string json, string? sourceType = null)
    {
        using JsonDocument config = JsonDocument.Parse(json);
        return RudderDestinationConfig.Parse(config.RootElement, sourceType);
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
