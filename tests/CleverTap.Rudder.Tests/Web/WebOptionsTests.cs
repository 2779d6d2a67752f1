using System.Reflection;
using CleverTap.Rudder.AspNetCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Web;

public sealed class WebOptionsTests
{
    [TestCase("AccountId", "acc-2")]
    [TestCase("Region", "in1")]
    [TestCase("SdkAddress", "/lib/clevertap.min.js")]
    [TestCase("UseIp", "True")]
    [TestCase("OptOut", "False")]
    [TestCase("OptOut", "True")]
    public void CleverTapWebOptions_bind_from_configuration(string option, string value) =>
        Assert.That(typeof(CleverTapWebOptions).GetProperty(option)!.GetValue(Bind((option, value)))!.ToString(), Is.EqualTo(value));

    [Test]
    public void CleverTapWebOptions_bind_the_mapping_from_configuration() =>
        Assert.That(
            Bind(("Mapping:Preset", "RudderTransformer"), ("Mapping:WebPageNames", "DeviceMode")).Mapping,
            Is.EqualTo(MappingOptions.RudderTransformer with { WebPageNames = WebPageNames.DeviceMode })
        );

    [Test]
    public void CleverTapWebOptions_under_test_contain_every_option() =>
        Assert.That(
            typeof(CleverTapWebOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(option => option.Name),
            Is.EquivalentTo(new[] { "AccountId", "Region", "SdkAddress", "UseIp", "OptOut", "Mapping" })
        );

    [Test]
    public void CleverTapWebOptions_keep_defaults_when_a_section_is_empty()
    {
        CleverTapWebOptions options = Bind(("OptOut", ""));

        Assert.That(
            (options.OptOut, options.UseIp, options.Mapping, options.SdkAddress),
            Is.EqualTo(((bool?)null, false, (MappingOptions?)null, CleverTapWebOptions.DefaultSdkAddress))
        );
    }

    [Test]
    public void CleverTapWebOptions_reject_a_section_with_a_passcode() =>
        Assert.That(
            () => Bind(("Passcode", "open-sesame"), ("UseIp", "perhaps"), ("AccountId", "")),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.EqualTo(
                    "CleverTap pages (section 'Web'): UseIp must be true or false; Passcode is no option; "
                        + "AccountId is missing, and there is no destination to take it from."
                )
        );

    [TestCase("https://static.clevertap.com/js/clevertap.min.js", true)]
    [TestCase("http://localhost:5000/clevertap.min.js?v=1", true)]
    [TestCase("/lib/clevertap.min.js", true)]
    [TestCase("/lib/clevertap.min.js?from=a:b", true)]
    [TestCase("lib/clevertap.min.js", false)]
    [TestCase("~/lib/clevertap.min.js", false)]
    [TestCase("/", false)]
    [TestCase("https://user:secret@cdn.example/clevertap.min.js", false)]
    [TestCase("//cdn.example/clevertap.min.js", true)]
    [TestCase("//cdn.example:8443/clevertap.min.js?v=1", true)]
    [TestCase("//", false)]
    [TestCase("///clevertap.min.js", false)]
    [TestCase("//user:secret@cdn.example/clevertap.min.js", false)]
    [TestCase("//:80/clevertap.min.js", false)]
    [TestCase("//cdn example/clevertap.min.js", false)]
    [TestCase("javascript:alert(1)", false)]
    [TestCase("JAVASCRIPT:alert(1)", false)]
    [TestCase("data:text/javascript,alert(1)", false)]
    [TestCase("java\tscript:alert(1)", false)]
    [TestCase(" /lib/clevertap.min.js", false)]
    [TestCase("https:///clevertap.min.js", false)]
    [TestCase("", false)]
    public void SdkAddress_accepts_only_an_http_address_or_a_path_of_the_site(string address, bool isTaken)
    {
        ValidateOptionsResult result = new CleverTapWebOptionsValidator().Validate(
            null,
            new CleverTapWebOptions { AccountId = "acc", SdkAddress = address }
        );

        Assert.That(
            result.FailureMessage,
            isTaken
                ? Is.Null
                : Is.EqualTo("CleverTap pages: SdkAddress must be an http(s) address, or a path of the site that begins with one /.")
        );
    }

    [TestCase("in1.evil.example/")]
    [TestCase("-")]
    public void Region_rejects_characters_that_would_lead_to_another_host(string region) =>
        Assert.That(() => Bind(("Region", region)), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Region may hold"));

    [Test]
    public void CleverTapWebOptions_use_the_destination_when_not_set()
    {
        MappingOptions mapping = MappingOptions.RudderTransformer;
        CleverTapWebOptions options = Resolve(services => Destination(services, "", "acc", "in1", mapping).AddCleverTapWeb());

        Assert.That((options.AccountId, options.Region, options.Mapping), Is.EqualTo(("acc", "in1", mapping)));
        Assert.That(options.ToString(), Is.EqualTo("CleverTap account acc, region in1"));
    }

    [TestCase("https://eu1.api.clevertap.com", "eu1")]
    [TestCase("https://api.clevertap.com", "")]
    [TestCase("http://127.0.0.1:5000", "")]
    public void CleverTapWebOptions_read_the_region_from_the_endpoint_of_the_destination(string endpoint, string region) =>
        Assert.That(
            Resolve(services =>
                services
                    .AddCleverTapDestination(options =>
                        (options.AccountId, options.Passcode, options.Endpoint) = ("acc", "p", new Uri(endpoint))
                    )
                    .Services.AddCleverTapWeb()
            ).Region,
            Is.EqualTo(region)
        );

    [Test]
    public void CleverTapWebOptions_keep_values_that_are_set()
    {
        CleverTapWebOptions options = Resolve(services =>
            Destination(services, "", "acc", "in1", MappingOptions.RudderTransformer)
                .AddCleverTapWeb(web => (web.AccountId, web.Mapping) = ("other", MappingOptions.Default))
        );

        Assert.That(
            (options.AccountId, options.Region, options.Mapping),
            Is.EqualTo(("other", "", MappingOptions.Default)),
            "another account, so another region"
        );
        Assert.That(options.ToString(), Is.EqualTo("CleverTap account other, region none"));
    }

    [Test]
    public void CleverTapWebOptions_ignore_named_destinations() =>
        Assert.That(
            () => Resolve(services => Destination(services, "india", "acc", "in1", MappingOptions.Default).AddCleverTapWeb()),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("no destination to take it from")
        );

    [Test]
    public void Host_does_not_start_when_web_options_are_invalid() =>
        Assert.That(
            () => new ServiceCollection().AddCleverTapWeb().BuildServiceProvider().GetRequiredService<IStartupValidator>().Validate(),
            Throws.TypeOf<OptionsValidationException>()
        );

    private static IServiceCollection Destination(
        IServiceCollection services,
        string name,
        string account,
        string region,
        MappingOptions mapping
    ) =>
        services
            .AddCleverTapDestination(
                name,
                options => (options.AccountId, options.Passcode, options.Region, options.Mapping) = (account, "p", region, mapping)
            )
            .Services;

    private static CleverTapWebOptions Bind(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .Append(("AccountId", "acc"))
                    .DistinctBy(setting => setting.Item1)
                    .ToDictionary(setting => $"Web:{setting.Item1}", string? (setting) => setting.Item2)
            )
            .Build();
        return Resolve(services => services.AddCleverTapWeb(configuration.GetSection("Web")));
    }

    private static CleverTapWebOptions Resolve(Func<IServiceCollection, IServiceCollection> register) =>
        register(new ServiceCollection()).BuildServiceProvider().GetRequiredService<IOptions<CleverTapWebOptions>>().Value;
}
