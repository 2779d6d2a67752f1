using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Checks that no setting is ignored silently.</summary>
public sealed class OptionErrorTests
{
    [TestCase("Mapping:DropTrait:0", "Mapping:DropTrait is no option")]
    [TestCase("Mapping:Consents:0:Provider", "Mapping:Consents is no option")]
    [TestCase("Mapping:Mappers:Track", "Mapping:Mappers is no option")]
    [TestCase("Maping:DropTraits:0", "Maping is no option")]
    [TestCase("DropTraits:0", "DropTraits is no option")]
    [TestCase("Consent:0:Provider", "Consent is no option")]
    [TestCase("RenameEvents:Seen", "RenameEvents is no option")]
    [TestCase("DedupWindow:Count", "DedupWindow is no option")]
    [TestCase("MaxInFlight:Value", "MaxInFlight must be a whole number")]
    [TestCase("AccountId:Value", "AccountId must be text")]
    [TestCase("Mapping:TrackAnonymous:0", "Mapping:TrackAnonymous must be true or false")]
    [TestCase("Mapping:NativeSdk:0", "Mapping:NativeSdk must be one or more of None, Web")]
    [TestCase("Mapping:DropTraits:0:Name", "Mapping:DropTraits must be a list of names")]
    [TestCase("Mapping:Consent", "Mapping:Consent must be a list of sections")]
    [TestCase("Mapping:Consent:0:Platform:0", "Mapping:Consent:0:Platform must be Web or Android")]
    [TestCase("DeduplicationWindow", "DeduplicationWindow is a section: give its Count and Time")]
    public void Configuration_reports_an_option_that_is_misspelt_misplaced_or_of_the_wrong_shape(string key, string error)
    {
        Assert.That(ErrorOf((key, "1")), Does.Contain($"'): {error}"));
    }

    [Test]
    public void Configuration_reports_names_with_commas_between_them()
    {
        Assert.That(
            ErrorOf(("Mapping:DropTraits", "ssn, email")),
            Does.Contain("Mapping:DropTraits must be a list of names: set DropTraits:0,")
        );
        Assert.That(ErrorOf(("Mapping:DropTraits", "ssn")), Is.Null);
        Assert.That(ErrorOf(("Mapping:DropTraits:0", "ssn, email")), Is.Null);
    }

    [TestCase("Provider", "OneTrust", "Mapping:Consent:0:Provider must be oneTrust or ketch or iubenda or custom")]
    [TestCase("IsLegacy", "true", "Mapping:Consent:0:ConsentIds must be a list of consents")]
    public void Configuration_reports_a_consent_that_can_never_apply(string name, string value, string error)
    {
        Assert.That(ErrorOf(($"Mapping:Consent:0:{name}", value)), Does.Contain(error));
    }

    [TestCase("Count", "10")]
    [TestCase("Time", "01:00:00")]
    public void Configuration_reports_a_deduplication_window_with_only_one_limit(string name, string value)
    {
        Assert.That(ErrorOf(($"DeduplicationWindow:{name}", value)), Does.Contain("DeduplicationWindow needs both Count and Time"));
    }

    [Test]
    public void Configuration_accepts_the_sections_of_other_components() =>
        Assert.That(ErrorOf(("Background:Capacity", "5"), ("Eu:Mapping:Preset", "Default")), Is.Null);

    private static string? ErrorOf(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .Select(setting => KeyValuePair.Create($"CleverTap:{setting.Key}", (string?)setting.Value))
                    .Append(new("CleverTap:AccountId", "acc"))
                    .Append(new("CleverTap:Passcode", "p"))
                    .DistinctBy(setting => setting.Key.Split(':')[1])
            )
            .Build();
        using ServiceProvider provider = new ServiceCollection()
            .AddCleverTapDestination(configuration.GetSection("CleverTap"))
            .Services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<CleverTapOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException exception)
        {
            return exception.Message;
        }
    }
}
