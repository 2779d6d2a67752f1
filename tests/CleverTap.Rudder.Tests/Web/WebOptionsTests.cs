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
    public void An_option_binds(string option, string value) =>
        Assert.That(typeof(CleverTapWebOptions).GetProperty(option)!.GetValue(Bind((option, value)))!.ToString(), Is.EqualTo(value));

    [Test]
    public void So_does_the_mapping() =>
        Assert.That(
            Bind(("Mapping:Preset", "RudderTransformer"), ("Mapping:WebPageNames", "DeviceMode")).Mapping,
            Is.EqualTo(MappingOptions.RudderTransformer with { WebPageNames = WebPageNames.DeviceMode })
        );

    [Test]
    public void These_are_all_there_are() =>
        Assert.That(
            typeof(CleverTapWebOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(option => option.Name),
            Is.EquivalentTo(new[] { "AccountId", "Region", "SdkAddress", "UseIp", "OptOut", "Mapping" })
        );

    [Test]
    public void What_a_section_leaves_open_says_nothing()
    {
        CleverTapWebOptions options = Bind(("OptOut", ""));

        Assert.That(
            (options.OptOut, options.UseIp, options.Mapping, options.SdkAddress),
            Is.EqualTo(((bool?)null, false, (MappingOptions?)null, CleverTapWebOptions.DefaultSdkAddress))
        );
    }

    [Test]
    public void A_section_with_a_passcode_is_the_wrong_one() =>
        Assert.That(
            () => Bind(("Passcode", "open-sesame"), ("UseIp", "perhaps"), ("AccountId", "")),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.EqualTo(
                    "CleverTap pages (section 'Web'): UseIp must be true or false; Passcode is no option; AccountId is missing, and there is no destination to take it from."
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
    public void The_SDK_comes_from_a_web_address_or_the_site_itself(string address, bool isTaken)
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
    public void A_region_leads_to_CleverTap_and_nowhere_else(string region) =>
        Assert.That(() => Bind(("Region", region)), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Region may hold"));

    [Test]
    public void What_is_left_open_is_the_destination_s()
    {
        MappingOptions mapping = MappingOptions.RudderTransformer;
        CleverTapWebOptions options = Resolve(services => Destination(services, "", "acc", "in1", mapping).AddCleverTapWeb());

        Assert.That((options.AccountId, options.Region, options.Mapping), Is.EqualTo(("acc", "in1", mapping)));
        Assert.That(options.ToString(), Is.EqualTo("CleverTap account acc, region in1"));
    }

    [TestCase("https://eu1.api.clevertap.com", "eu1")]
    [TestCase("https://api.clevertap.com", "")]
    [TestCase("http://127.0.0.1:5000", "")]
    public void A_destination_s_address_says_its_region(string endpoint, string region) =>
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
    public void What_is_not_left_open_stays()
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
    public void Destinations_with_names_are_not_asked() =>
        Assert.That(
            () => Resolve(services => Destination(services, "india", "acc", "in1", MappingOptions.Default).AddCleverTapWeb()),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("no destination to take it from")
        );

    [Test]
    public void A_host_with_wrong_settings_does_not_start() =>
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
