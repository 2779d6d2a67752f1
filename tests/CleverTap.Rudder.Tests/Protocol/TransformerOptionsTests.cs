using System.Buffers;
using System.Text;
using CleverTap.Rudder.Tests.Delivery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>Options, their validation and binding, and the registered services.</summary>
public sealed class TransformerOptionsTests
{
    private static readonly RudderTransformerOptionsValidator Validator = new();

    public static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("Endpoint must be an absolute address", options => options.Endpoint = new Uri("/upload", UriKind.Relative));
        yield return Case("Endpoint must be https", options => options.Endpoint = new Uri("http://gateway.example"));
        yield return Case(
            "Endpoint must be an address without user, query or fragment",
            options => options.Endpoint = new Uri("https://user:secret@gateway.example")
        );
        yield return Case("Timeout must be positive", options => options.Timeout = TimeSpan.Zero);
        yield return Case("MaxResponseBytes must be positive, not 0", options => options.MaxResponseBytes = 0);
        yield return Case("Mapping is missing", options => options.Mapping = null!);

        static TestCaseData Case(string error, Action<RudderTransformerOptions> spoil) =>
            new TestCaseData(error, spoil).SetArgDisplayNames(error);
    }

    [TestCaseSource(nameof(Wrong))]
    public void Invalid_option_is_named_in_the_error(string error, Action<RudderTransformerOptions> spoil)
    {
        var options = new RudderTransformerOptions();
        spoil(options);

        Assert.That(
            Validator.Validate("", options).FailureMessage,
            Does.StartWith("rudder-transformer's protocol: ").And.Contains(error).And.Not.Contain("secret")
        );
    }

    [Test]
    public void The_defaults_are_valid() => Assert.That(Validator.Validate("", new RudderTransformerOptions()).Succeeded);

    [TestCase("https://gateway.example/clevertap", false)]
    [TestCase("http://127.0.0.1:5000", false)]
    [TestCase("http://localhost:5000", false)]
    [TestCase("http://gateway.example", true)]
    public void A_safe_or_allowed_endpoint_is_valid(string endpoint, bool allowInsecure) =>
        Assert.That(
            Validator
                .Validate("", new RudderTransformerOptions { Endpoint = new Uri(endpoint), AllowInsecureEndpoint = allowInsecure })
                .Succeeded
        );

    [Test]
    public void The_mapping_is_rudder_transformer_s_with_large_events() =>
        Assert.That(
            new RudderTransformerOptions().Mapping,
            Is.EqualTo(MappingOptions.RudderTransformer with { MaxEventBytes = 4 * 1024 * 1024 })
        );

    [Test]
    public void Every_option_binds()
    {
        RudderTransformerOptions options = Bind(
            ("Endpoint", "https://gateway.example/"),
            ("AllowInsecureEndpoint", "true"),
            ("Timeout", "00:00:05"),
            ("MaxResponseBytes", "7")
        );

        Assert.That(
            (options.Endpoint, options.AllowInsecureEndpoint, options.Timeout, options.MaxResponseBytes),
            Is.EqualTo((new Uri("https://gateway.example/"), true, TimeSpan.FromSeconds(5), 7))
        );
    }

    [Test]
    public void An_empty_section_leaves_the_defaults() =>
        Assert.That(Bind().Mapping, Is.EqualTo(MappingOptions.RudderTransformer with { MaxEventBytes = 4 * 1024 * 1024 }));

    [Test]
    public void Mapping_binds_a_preset_and_further_options()
    {
        Assert.That(
            Bind(("Mapping:Preset", "Default")).Mapping,
            Is.EqualTo(MappingOptions.Default with { MaxEventBytes = 4 * 1024 * 1024 })
        );
        Assert.That(
            Bind(("Mapping:TrackAnonymous", "true"), ("Mapping:MaxEventBytes", "9")).Mapping,
            Is.EqualTo(MappingOptions.RudderTransformer with { TrackAnonymous = true, MaxEventBytes = 9 })
        );
    }

    [Test]
    public void All_errors_of_a_section_are_in_one_message() =>
        Assert.That(
            () =>
                Bind(("Endpoint", "http://gateway.example"), ("Timeout", "soon"), ("Passcode", "open-sesame"), ("Mapping:Preset", "Best")),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.StartsWith("rudder-transformer's protocol: ")
                .And.Message.Contains("Timeout must be a time")
                .And.Message.Contains("Passcode is no option")
                .And.Message.Contains("Mapping:Preset must be")
                .And.Message.Contains("Endpoint must be https")
                .And.Message.Not.Contains("open-sesame")
        );

    [Test]
    public void Wrong_options_are_found_when_the_host_starts()
    {
        var services = new ServiceCollection();
        services.AddRudderTransformer(options => options.MaxResponseBytes = 0);

        Assert.That(
            () => services.BuildServiceProvider().GetRequiredService<IStartupValidator>().Validate(),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.EqualTo("rudder-transformer's protocol: MaxResponseBytes must be positive, not 0.")
        );
    }

    [Test]
    public void The_registered_protocol_maps_as_configured()
    {
        var services = new ServiceCollection();
        services.AddRudderTransformer(options => options.Mapping = MappingOptions.RudderTransformer with { TrackAnonymous = true });
        var response = new ArrayBufferWriter<byte>();

        services
            .BuildServiceProvider()
            .GetRequiredService<RudderTransformerProtocol>()
            .Process(
                Encoding.UTF8.GetBytes($"[{ProtocolClient.Job(1, """{"type":"track","anonymousId":"a","event":"Seen"}""")}]"),
                response
            );

        Assert.That(ProtocolClient.StatusCode(ProtocolClient.Parse(response.WrittenSpan)[0]), Is.EqualTo(200));
    }

    [Test]
    public async Task The_registered_proxy_sends_under_rudder_transformer_s_name()
    {
        string agent = "";
        var network = new Spy(request => agent = request.Headers.UserAgent.ToString());
        var services = new ServiceCollection();
        services.AddRudderTransformer(_ => { }).ConfigurePrimaryHttpMessageHandler(() => network);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider
            .GetRequiredService<RudderTransformerProxy>()
            .DeliverAsync(1, Encoding.UTF8.GetBytes(ProxyRun.Body("{}", ProxyRun.Jobs(1))), new ArrayBufferWriter<byte>());

        Assert.That(agent, Is.EqualTo("RudderLabs"));
    }

    private static RudderTransformerOptions Bind(params (string Key, string Value)[] settings)
    {
        IConfiguration section = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value))
            .Build();
        var services = new ServiceCollection();
        services.AddRudderTransformer(section);
        return services.BuildServiceProvider().GetRequiredService<IOptions<RudderTransformerOptions>>().Value;
    }

    private sealed class Spy(Action<HttpRequestMessage> see) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            see(request);
            return ScriptedServer.Success(1);
        }
    }
}
