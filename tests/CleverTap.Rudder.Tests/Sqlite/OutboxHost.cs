using System.Collections.Concurrent;
using System.Globalization;
using CleverTap.Rudder.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>The outbox of one test: its folder, an emulator as its target, and the hosts that use them.</summary>
internal sealed class OutboxHost : IAsyncDisposable
{
    /// <summary>An address at which nothing listens.</summary>
    public static readonly Uri Unreachable = new("http://127.0.0.1:1");

    private readonly List<IHost> hosts = [];

    private OutboxHost(CleverTapEmulator cleverTap) => CleverTap = cleverTap;

    public CleverTapEmulator CleverTap { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("outbox-").FullName;

    public string Database => Path.Combine(Folder, "outbox.db");

    /// <summary>The events and outcomes that the default handler received.</summary>
    public ConcurrentQueue<(RudderEvent Event, EventOutcome Outcome)> Notified { get; } = new();

    public static async Task<OutboxHost> CreateAsync() => new(await CleverTapEmulator.StartAsync());

    public static TrackEvent Event(int number) =>
        new()
        {
            MessageId = $"m-{number}",
            UserId = $"u{number % 7}",
            Event = number.ToString(CultureInfo.InvariantCulture),
        };

    public async Task<IHost> StartAsync(
        Action<SqliteOutboxOptions>? configure = null,
        Action<CleverTapOptions>? configureDelivery = null,
        TimeProvider? clock = null,
        string? database = null,
        OutcomeHandler? handler = null,
        Action<HostApplicationBuilder>? configureHost = null,
        bool start = true
    )
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        configureHost?.Invoke(builder);
        builder
            .Services.AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint) = (CleverTap.AccountId, CleverTap.Passcode, CleverTap.Endpoint);
                (options.RetryBaseDelay, options.CredentialsCheck) = (TimeSpan.FromMilliseconds(1), CredentialsCheckMode.Off);
                configureDelivery?.Invoke(options);
            })
            .AddSqliteOutbox(
                database ?? Database,
                options =>
                {
                    (options.FlushInterval, options.RetryInterval) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
                    configure?.Invoke(options);
                }
            )
            .AddOutcomeHandler(
                handler
                    ?? (
                        (rudderEvent, outcome) =>
                        {
                            Notified.Enqueue((rudderEvent, outcome));
                            return Task.CompletedTask;
                        }
                    )
            );
        IHost host = builder.Build();
        hosts.Add(host);
        if (start)
        {
            await host.StartAsync();
        }

        return host;
    }

    /// <summary>Enqueues events with a host that cannot reach CleverTap and then stops, so that they stay in the file.</summary>
    public async Task EnqueueWithoutDeliveryAsync(params RudderEvent[] events)
    {
        using IHost host = await StartAsync(
            options => options.ShutdownDeadline = TimeSpan.Zero,
            delivery => delivery.Endpoint = Unreachable
        );
        foreach (RudderEvent rudderEvent in events)
        {
            await host.Queue().EnqueueAsync(rudderEvent);
        }

        await host.StopAsync();
    }

    /// <summary>Stops the hosts and closes the file.</summary>
    public async Task StopAsync()
    {
        foreach (IHost host in hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }

        hosts.Clear();
    }

    /// <summary>Runs SQL on the file, which no host may have open.</summary>
    public object? Query(string sql, string? database = null)
    {
        using var connection = new SqliteConnection($"Data Source={database ?? Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IHost host in hosts)
        {
            host.Dispose();
        }

        await CleverTap.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
