using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.AspNetCore.NodeSdk;

/// <summary>A data plane with an outbox, and a client that others wrote.</summary>
public sealed class NodeSdkTests
{
    private static readonly NodeScript Sdk = new("NodeSdk", "@rudderstack/rudder-sdk-node");
    private static readonly IEnumerable<string> Names = Enumerable.Range(0, 1000).Select(index => $"Event {index}");

    private CleverTapEmulator cleverTap = null!;
    private string folder = null!;
    private Uri address = null!;

    [OneTimeSetUp]
    public Task Install() => Sdk.InstallAsync();

    [SetUp]
    public async Task Start()
    {
        cleverTap = await CleverTapEmulator.StartAsync();
        folder = Directory.CreateTempSubdirectory("node-sdk-").FullName;
        address = new Uri($"http://127.0.0.1:{FreePort()}");
    }

    [TearDown]
    public async Task Stop()
    {
        await cleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Calls_of_every_kind_reach_CleverTap()
    {
        await using WebApplication app = await StartHostAsync();
        long before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        int retries = await RunAsync("calls");
        await FlushAsync(app);

        Assert.That((retries, cleverTap.RejectedCount), Is.EqualTo((0, 0L)));
        StoredProfile profile = cleverTap.Profiles["u1"];
        Assert.That(profile.Identities, Is.EquivalentTo(new[] { "u1", "u2" }));
        Assert.That(profile.Attributes["Email"].GetString(), Is.EqualTo("name@website.com"));
        Assert.That(profile.Attributes["favorite_color"].GetString(), Is.EqualTo("blue"));

        Assert.That(cleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "Signed Up", "Charged", "Web Page Viewed: Cart" }));
        StoredEvent[] events = [.. cleverTap.Events];
        Assert.That(events.Select(stored => stored.Identity), Is.All.EqualTo("u1"));
        Assert.That(events[0].Timestamp, Is.EqualTo(new DateTimeOffset(2024, 3, 1, 10, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()));
        Assert.That(events[0].Properties["source"].GetString(), Is.EqualTo("ad"));
        Assert.That(events[1].Properties["Charged ID"].GetString(), Is.EqualTo("c-1"));
        Assert.That(events[1].Properties["Amount"].GetDouble(), Is.EqualTo(25.5));
        Assert.That(events[1].Properties["Items"][0].GetProperty("product_id").GetString(), Is.EqualTo("p-1"));
        Assert.That(events[2].Properties["path"].GetString(), Is.EqualTo("/cart"));
        Assert.That(events[2].Timestamp, Is.InRange(before - 1, DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
    }

    [Test]
    public async Task A_flush_of_1000_events_is_taken_at_once_and_delivered_in_order()
    {
        int requests = 0;
        await using WebApplication app = await StartHostAsync(host =>
            host.Use(next =>
            {
                return context =>
                {
                    Interlocked.Increment(ref requests);
                    return next(context);
                };
            })
        );

        await RunAsync("flush");
        await FlushAsync(app);

        // The SDK sends its first event at once, by itself.
        Assert.That(requests, Is.EqualTo(2));
        Assert.That(cleverTap.Events.Select(stored => stored.Name), Is.EqualTo(Names));
    }

    [Test]
    public async Task A_restart_of_the_host_in_the_middle_loses_and_repeats_nothing()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        WebApplication first = await StartHostAsync(host => HoldAfter(10, host, reached), reachesCleverTap: false);
        Task<int> client = RunAsync("stream");

        await Task.WhenAny(reached.Task, client);
        await first.StopAsync();
        await first.DisposeAsync();
        await using WebApplication second = await StartHostAsync();
        int retries = await client;
        await FlushAsync(second);

        Assert.That(retries, Is.Positive);
        Assert.That(cleverTap.Events.Select(stored => stored.Name), Is.EquivalentTo(Names));
    }

    /// <summary>Runs a scenario, which ends once the data plane has taken its events.</summary>
    /// <returns>How often the SDK sent a request again.</returns>
    private async Task<int> RunAsync(string scenario)
    {
        string output = await Sdk.RunAsync(scenario, address.ToString(), "write-key");
        return int.Parse(output.Split("retries:")[1], CultureInfo.InvariantCulture);
    }

    /// <summary>After that many requests a request is held until the host stops, so that the client cannot be done before.</summary>
    private static void HoldAfter(int count, WebApplication host, TaskCompletionSource reached)
    {
        int requests = 0;
        host.Use(next =>
            async context =>
            {
                if (Interlocked.Increment(ref requests) > count)
                {
                    reached.TrySetResult();
                    CancellationToken stopping = host.Lifetime.ApplicationStopping;
                    await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                await next(context);
            }
        );
    }

    private static async Task FlushAsync(WebApplication app) =>
        Assert.That(await app.Services.GetRequiredService<ICleverTapQueue>().FlushAsync(), Is.True);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<WebApplication> StartHostAsync(Action<WebApplication>? configure = null, bool reachesCleverTap = true)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(address.ToString());
        builder.Logging.ClearProviders();
        builder
            .Services.AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode) = (cleverTap.AccountId, cleverTap.Passcode);
                options.Endpoint = reachesCleverTap ? cleverTap.Endpoint : EndpointHost.Unreachable;
            })
            .AddSqliteOutbox(Path.Combine(folder, "outbox.db"), outbox => outbox.ShutdownDeadline = TimeSpan.Zero);
        WebApplication app = builder.Build();
        configure?.Invoke(app);
        app.MapRudderDataPlane(["write-key"], options => options.RetryAfter = TimeSpan.FromSeconds(1));
        await app.StartAsync();
        return app;
    }
}
