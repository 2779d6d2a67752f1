using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The README's code for a host's own rules and handlers, word for word, compiled and run.</summary>
public sealed class ReadmeHostSnippets
{
    private string folder = null!;
    private CleverTapEmulator cleverTap = null!;
    private HostApplicationBuilder builder = null!;

    [SetUp]
    public async Task Start()
    {
        folder = Directory.CreateTempSubdirectory("readme-").FullName;
        cleverTap = await CleverTapEmulator.StartAsync();
        builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["CleverTap:AccountId"] = cleverTap.AccountId;
        builder.Configuration["CleverTap:Passcode"] = cleverTap.Passcode;
        builder.Configuration["CleverTap:Endpoint"] = cleverTap.Endpoint.AbsoluteUri;
    }

    [TearDown]
    public async Task Stop()
    {
        await cleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Filter_and_edit_events()
    {
        builder
            .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
            .FilterEvents(rudderEvent => rudderEvent.UserId != "monitor")
            .EditEvents(rudderEvent =>
                rudderEvent is TrackEvent { Event: "Signup" } track ? track with { Event = "Signed Up" } : rudderEvent
            )
            .EditEvents<LowerCaseIds>()
            .AddBackgroundDelivery();

        using IHost host = builder.Build();
        await DeliverAsync(
            host,
            new TrackEvent { UserId = "monitor", Event = "Ping" },
            new TrackEvent { UserId = "User-1", Event = "Signup" }
        );

        Assert.That(cleverTap.Events.Select(stored => $"{stored.Identity} {stored.Name}"), Is.EqualTo(new[] { "user-1 Signed Up" }));
    }

    [Test]
    public async Task Handle_outcomes_and_dead_letters()
    {
        builder.Services.AddSingleton<Alarms>().AddSingleton<Ledger>();

        builder
            .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
            .AddSqliteOutbox("clevertap.db")
            .AddOutcomeHandler<Ledger>()
            .AddDeadLetterHandler(
                (services, rudderEvent, outcome) => services.GetRequiredService<Alarms>().RaiseAsync(rudderEvent.MessageId, outcome.Kind)
            );

        builder.Services.Configure<SqliteOutboxOptions>(options => options.Database = Path.Combine(folder, options.Database));
        using IHost host = builder.Build();
        await DeliverAsync(
            host,
            new TrackEvent
            {
                MessageId = "m-1",
                UserId = "user-1",
                Event = "Checked Out",
            },
            new TrackEvent
            {
                MessageId = "m-2",
                UserId = "user-1",
                Event = "App Launched",
            }
        );

        Assert.That(host.Services.GetRequiredService<Ledger>().Lines, Is.EquivalentTo(new[] { "m-1 Delivered", "m-2 Rejected" }));
        Assert.That(host.Services.GetRequiredService<Alarms>().Raised, Is.EqualTo(new[] { "m-2 Rejected" }));
    }

    [Test]
    public async Task Route_to_several_accounts()
    {
        await using CleverTapEmulator us = await CleverTapEmulator.StartAsync();
        foreach ((string name, CleverTapEmulator account) in new[] { ("Eu", cleverTap), ("Us", us) })
        {
            builder.Configuration[$"CleverTap:{name}:AccountId"] = account.AccountId;
            builder.Configuration[$"CleverTap:{name}:Passcode"] = account.Passcode;
            builder.Configuration[$"CleverTap:{name}:Endpoint"] = account.Endpoint.AbsoluteUri;
        }

        builder.Services.AddSingleton<Ledger>();

        builder.Services.AddCleverTapDestination("eu", builder.Configuration.GetSection("CleverTap:Eu"));
        builder.Services.AddCleverTapDestination("us", builder.Configuration.GetSection("CleverTap:Us"));
        builder
            .Services.AddCleverTapRouting(rudderEvent => rudderEvent.Context.TryGetString("region", out string? region) ? region : "eu")
            .AddSqliteOutbox("clevertap.db")
            .AddOutcomeHandler<Ledger>();

        builder.Services.Configure<SqliteOutboxOptions>(options => options.Database = Path.Combine(folder, options.Database));
        using IHost host = builder.Build();
        await DeliverAsync(
            host,
            new TrackEvent
            {
                MessageId = "m-1",
                UserId = "user-1",
                Event = "Checked Out",
                Context = new JsonObject { ["region"] = "us" },
            },
            new TrackEvent
            {
                MessageId = "m-2",
                UserId = "user-2",
                Event = "Checked Out",
            }
        );

        Assert.That((us.Events.Single().Identity, cleverTap.Events.Single().Identity), Is.EqualTo(("user-1", "user-2")));
        Assert.That(host.Services.GetRequiredService<Ledger>().Lines, Is.EquivalentTo(new[] { "m-1 Delivered", "m-2 Delivered" }));
    }

    [Test]
    public async Task Observe_with_OpenTelemetry()
    {
        List<Metric> metricsSeen = [];
        List<Activity> activitiesSeen = [];

        builder
            .Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("CleverTap.Rudder"))
            .WithTracing(tracing => tracing.AddSource("CleverTap.Rudder"));

        builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap")).AddBackgroundDelivery();
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddInMemoryExporter(metricsSeen));
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(activitiesSeen));
        using IHost host = builder.Build();
        await DeliverAsync(host, new TrackEvent { UserId = "user-1", Event = "Checked Out" });
        host.Services.GetRequiredService<MeterProvider>().ForceFlush();

        Assert.That(metricsSeen.Select(metric => metric.Name), Does.Contain("clevertap.events"));
        Assert.That(activitiesSeen, Is.Not.Empty);
    }

    private static async Task DeliverAsync(IHost host, params RudderEvent[] events)
    {
        await host.StartAsync();
        foreach (RudderEvent rudderEvent in events)
        {
            await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(rudderEvent);
        }

        await host.StopAsync();
    }

    /// <summary>Stands for a rule of a host.</summary>
    private sealed class LowerCaseIds : IEventEditor
    {
        public RudderEvent Edit(RudderEvent rudderEvent) => rudderEvent with { UserId = rudderEvent.UserId?.ToLowerInvariant() };
    }

    /// <summary>Stands for where a host notes what became of its events.</summary>
    private sealed class Ledger : IOutcomeHandler
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
        {
            Lines.Enqueue($"{rudderEvent.MessageId} {outcome.Kind}");
            return default;
        }
    }

    /// <summary>Stands for whatever wakes somebody.</summary>
    private sealed class Alarms
    {
        public ConcurrentQueue<string> Raised { get; } = [];

        public Task RaiseAsync(string? messageId, OutcomeKind kind)
        {
            Raised.Enqueue($"{messageId} {kind}");
            return Task.CompletedTask;
        }
    }
}
