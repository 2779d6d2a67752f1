using System.Collections.Concurrent;
using System.Globalization;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Two accounts, "eu" and "us", and hosts that route events to them by the prefix of the user id.</summary>
internal sealed class RoutingSession : IAsyncDisposable
{
    private readonly List<IHost> hosts = [];

    private RoutingSession(CleverTapEmulator eu, CleverTapEmulator us) => (Eu, Us) = (eu, us);

    public CleverTapEmulator Eu { get; }

    public CleverTapEmulator Us { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("routing-").FullName;

    public string Database => Path.Combine(Folder, "outbox.db");

    /// <summary>The message ids and outcomes that the handler was called with.</summary>
    public ConcurrentQueue<string> Notified { get; } = new();

    /// <summary>Sets the options of the account with a name.</summary>
    public Action<string, CleverTapOptions> Configure { get; set; } = (_, _) => { };

    /// <summary>Adds to the route.</summary>
    public Action<ICleverTapDestinationBuilder> Build { get; set; } = _ => { };

    /// <summary>Adds to both accounts.</summary>
    public Action<ICleverTapDestinationBuilder> BuildAccount { get; set; } = _ => { };

    public static async Task<RoutingSession> CreateAsync() =>
        new(
            await CleverTapEmulator.StartAsync(new CleverTapEmulatorOptions { AccountId = "EU-ACCOUNT" }),
            await CleverTapEmulator.StartAsync(new CleverTapEmulatorOptions { AccountId = "US-ACCOUNT" })
        );

    public static TrackEvent Event(string user, int number) =>
        new()
        {
            MessageId = $"m-{user}-{number}",
            UserId = user,
            Event = number.ToString(CultureInfo.InvariantCulture),
        };

    public static string[] Stored(CleverTapEmulator account) => [.. account.Events.Select(stored => $"{stored.Identity} {stored.Name}")];

    public async Task<IHost> StartAsync(Action<ICleverTapDestinationBuilder>? queue = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        Add(builder.Services, "eu", Eu);
        Add(builder.Services, "us", Us);
        ICleverTapDestinationBuilder route = builder.Services.AddCleverTapRouting(RouteOf);
        Build(route);
        if (queue is not null)
        {
            queue(route);
            route.AddOutcomeHandler(
                (rudderEvent, outcome) =>
                {
                    Notified.Enqueue($"{rudderEvent.MessageId} {outcome.Kind}");
                    return Task.CompletedTask;
                }
            );
        }

        IHost host = builder.Build();
        hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    public static async Task EnqueueAsync(IHost host, params RudderEvent[] events) =>
        await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(events);

    public async ValueTask DisposeAsync()
    {
        hosts.ForEach(host => host.Dispose());
        await Eu.DisposeAsync();
        await Us.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Routes the user "eu-1" to "eu".</summary>
    private static string? RouteOf(RudderEvent rudderEvent) =>
        rudderEvent.UserId switch
        {
            "nowhere" => null,
            "broken" => throw new InvalidOperationException("user broken"),
            { } user => user.Split('-')[0],
            _ => null,
        };

    private void Add(IServiceCollection services, string name, CleverTapEmulator account) =>
        BuildAccount(
            services.AddCleverTapDestination(
                name,
                options =>
                {
                    (options.AccountId, options.Passcode, options.Endpoint) = (account.AccountId, account.Passcode, account.Endpoint);
                    (options.RetryBaseDelay, options.CredentialsCheck) = (TimeSpan.FromMilliseconds(1), CredentialsCheckMode.Off);
                    Configure(name, options);
                }
            )
        );
}
