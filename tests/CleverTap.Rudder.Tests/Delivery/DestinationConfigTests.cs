using System.Text.Json;

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
               "amp":[{"provider":"custom","consents":[{"consent":"amp is not read when web has an entry"}]}],
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
            {"consentManagement":{
               "web":[{"provider":"custom","consents":[{"consent":"W"}]}],
               "androidKotlin":[{"provider":"custom","consents":[{"consent":"A"}]}]},
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
        """
            {"eventFilteringOption":"whitelistedEvents",
             "whitelistedEvents":[{"eventName":" Seen "},{"eventName":""}],
             "blacklistedEvents":[{"eventName":"Ping"}]}
            """,
        "Seen",
        ""
    )]
    [TestCase("""{"eventFilteringOption":"whitelistedEvents"}""", "", "")]
    [TestCase(
        """
            {"eventFilteringOption":"blacklistedEvents",
             "whitelistedEvents":[{"eventName":"Seen"}],
             "blacklistedEvents":[{"eventName":"Ping"}]}
            """,
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
            {"consentManagement":[{"provider":"custom","consents":[{"consent":"C1"}]}],
             "eventFilteringOption":"whitelistedEvents",
             "whitelistedEvents":[{"eventName":"Seen"}]}
            """;

        RudderDestinationConfig one = Parse(Json);
        RudderDestinationConfig other = Parse(Json);

        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.ApplyTo(MappingOptions.Default), Is.EqualTo(other.ApplyTo(MappingOptions.Default)));
        Assert.That(one.ApplyTo(MappingOptions.Default).GetHashCode(), Is.EqualTo(other.ApplyTo(MappingOptions.Default).GetHashCode()));
    }

    internal static RudderDestinationConfig Parse(string json, string? sourceType = null)
    {
        using JsonDocument config = JsonDocument.Parse(json);
        return RudderDestinationConfig.Parse(config.RootElement, sourceType);
    }
}
