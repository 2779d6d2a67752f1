using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using CleverTap.Rudder.Tests.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The socket handlers that the library registers: no cookies, no redirections.</summary>
public sealed class HttpHandlerTests
{
    private readonly ConcurrentQueue<(string Path, string Cookies)> requests = new();
    private WebApplication server = null!;
    private int status;
    private string? location;

    private Uri Address => new(server.Urls.Single());

    [SetUp]
    public async Task StartServer()
    {
        requests.Clear();
        (status, location) = (200, null);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(context =>
        {
            requests.Enqueue((context.Request.Path, context.Request.Headers.Cookie.ToString()));
            context.Response.StatusCode = status;
            context.Response.Headers.SetCookie = "session=of-another-account; Path=/";
            context.Response.Headers.Location = location;
            return context.Response.WriteAsync("""{"status":"success"}""");
        });
        await server.StartAsync();
    }

    [TearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public async Task Destination_sends_no_cookie_back_when_the_server_sets_one()
    {
        await using ServiceProvider provider = Destination();

        await provider.GetRequiredService<CleverTapClient>().DeleteProfilesAsync(["a"]);
        await provider.GetRequiredService<CleverTapClient>().DeleteProfilesAsync(["b"]);

        Assert.That(requests.Select(request => request.Cookies), Is.EqualTo(new[] { "", "" }));
    }

    [Test]
    public async Task Proxy_shares_no_cookie_between_accounts()
    {
        await using ServiceProvider provider = Transformer();

        await DeliverAsync(provider, "first");
        await DeliverAsync(provider, "second");

        Assert.That(requests.Select(request => request.Cookies), Is.EqualTo(new[] { "", "" }));
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Destination_does_not_follow_a_redirection(int redirection)
    {
        (status, location) = (redirection, "/elsewhere");
        await using ServiceProvider provider = Destination();

        CleverTapResponse response = await provider.GetRequiredService<CleverTapClient>().DeleteProfilesAsync(["a"]);

        Assert.That((response.Status, response.HttpStatus), Is.EqualTo((ResponseStatus.BadRequest, (int?)redirection)));
        Assert.That(requests.Select(request => request.Path), Is.EqualTo(new[] { "/1/delete/profiles.json" }));
    }

    [TestCase(302)]
    [TestCase(307)]
    public async Task Proxy_does_not_follow_a_redirection(int redirection)
    {
        (status, location) = (redirection, "/elsewhere");
        await using ServiceProvider provider = Transformer();

        await DeliverAsync(provider, "acc");

        Assert.That(requests.Select(request => request.Path), Is.EqualTo(new[] { "/1/upload" }));
    }

    [Test]
    public void Handlers_use_the_connect_timeout_of_their_options()
    {
        var services = new ServiceCollection();
        services.AddCleverTapDestination(
            "a",
            options =>
            {
                (options.AccountId, options.Passcode) = ("a", "p");
                options.ConnectTimeout = TimeSpan.FromSeconds(3);
            }
        );
        services.AddCleverTapDestination("b", options => (options.AccountId, options.Passcode) = ("b", "p"));
        services.AddRudderTransformer(options => options.ConnectTimeout = TimeSpan.FromSeconds(4));
        string[] names = ["CleverTap.Rudder:a", "CleverTap.Rudder:b", "CleverTap.Rudder.Transformer"];
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(names.Select(name => HandlerOf(provider, name).ConnectTimeout.TotalSeconds), Is.EqualTo(new[] { 3, 10, 4 }));
    }

    private static SocketsHttpHandler HandlerOf(ServiceProvider provider, string name)
    {
        HttpMessageHandler handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(name);
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler!;
        }

        return (SocketsHttpHandler)handler;
    }

    private static async Task DeliverAsync(ServiceProvider provider, string account)
    {
        string body = ProxyRun.Body("""{"type":"event"}""", ProtocolClient.Metadata(1), accountId: $"\"{account}\"");
        await provider
            .GetRequiredService<RudderTransformerProxy>()
            .DeliverAsync(0, Encoding.UTF8.GetBytes(body), new ArrayBufferWriter<byte>());
    }

    private ServiceProvider Destination() =>
        new ServiceCollection()
            .AddCleverTapDestination(options => (options.AccountId, options.Passcode, options.Endpoint) = ("acc", "p", Address))
            .Services.BuildServiceProvider();

    private ServiceProvider Transformer()
    {
        var services = new ServiceCollection();
        services.AddRudderTransformer(options => options.Endpoint = Address);
        return services.BuildServiceProvider();
    }
}
