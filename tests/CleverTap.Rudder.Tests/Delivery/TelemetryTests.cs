using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Logs, metrics, activities and health of deliveries: they never hold payloads or credentials.</summary>
[NonParallelizable]
public sealed class TelemetryTests
{
    private const string Secret = "s3cr3t-value";

    [Test]
    public async Task Telemetry_reports_failures_without_payloads_or_credentials()
    {
        var logs = new FakeLoggerProvider();
        ConcurrentQueue<string> seen = new();
        using ActivityListener activities = new()
        {
            ShouldListenTo = source => source.Name == "CleverTap.Rudder",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
                seen.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {activity.StatusDescription}"),
        };
        ActivitySource.AddActivityListener(activities);
        ConcurrentDictionary<string, double> counts = new();
        using MeterListener meters = Listen(counts, seen);

        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions
            {
                Passcode = Secret,
                Faults = new CleverTapFaults
                {
                    Seed = 2,
                    ServerError = 0.3,
                    LostResponse = 0.2,
                    MalformedResponse = 0.1,
                },
            }
        );
        List<EventOutcome> outcomes = [];
        foreach (string passcode in new[] { Secret, Secret + "-old" })
        {
            await using ServiceProvider provider = Provider(cleverTap, passcode, logs);
            outcomes.AddRange(
                await provider
                    .GetRequiredService<ICleverTapDestination>()
                    .SendAsync([
                        .. Enumerable
                            .Range(0, 40)
                            .Select(i => new IdentifyEvent
                            {
                                UserId = $"{Secret}-{i}",
                                Traits = new JsonObject { ["email"] = Secret, ["phone"] = Secret },
                            }),
                        .. Enumerable
                            .Range(0, 40)
                            .Select(i => new TrackEvent { UserId = $"{Secret}-{i}", Event = i % 2 == 0 ? "App Launched" : Secret }),
                        new TrackEvent { UserId = Secret },
                        new TrackEvent
                        {
                            UserId = Secret,
                            Event = Secret,
                            Integrations = new JsonObject { ["All"] = false },
                        },
                    ])
            );
        }

        string everything = string.Join(
            '\n',
            seen.Concat(logs.Collector.GetSnapshot().Select(log => $"{log.Id} {log.Message} {log.Exception}"))
                .Concat(outcomes.Select(outcome => $"{outcome} {outcome.Message}"))
        );
        Assert.That(everything, Does.Not.Contain(Secret));
        Assert.That(
            counts.Keys,
            Is.SupersetOf(
                new[] { "clevertap.events", "clevertap.upload.records", "clevertap.upload.duration", "clevertap.uploads.in_flight" }
            )
        );
        Assert.That(counts["clevertap.events"], Is.EqualTo(164));
        Assert.That(counts["clevertap.uploads.in_flight"], Is.Zero);
        Assert.That(
            everything,
            Does.Contain("outcome, Rejected")
                .And.Contain("reason, 513")
                .And.Contain("reason, EventNameMissing")
                .And.Contain("reason, Unauthorized")
                .And.Contain("reason, Repaired")
        );
        Assert.That(logs.Collector.GetSnapshot().Select(log => log.Id.Id).Distinct(), Is.EquivalentTo(new[] { 1, 2, 3, 4, 5, 6 }));
    }

    [Test]
    public async Task Health_follows_the_last_upload()
    {
        var responses = new Queue<int>([200, 503, 200, 401]);
        using var server = new ScriptedServer(_ =>
            responses.Dequeue() switch
            {
                200 => ScriptedServer.Success(1),
                int status => ScriptedServer.Response(status),
            }
        );
        var services = new ServiceCollection();
        services
            .AddCleverTapDestination(options => (options.AccountId, options.Passcode, options.MaxAttempts) = ("acc", "p", 1))
            .HttpClientBuilder.ConfigurePrimaryHttpMessageHandler(() => server);
        services.AddHealthChecks().AddCleverTapDestination();
        await using ServiceProvider provider = services.BuildServiceProvider();
        var destination = provider.GetRequiredService<ICleverTapDestination>();
        var health = provider.GetRequiredService<HealthCheckService>();

        List<HealthStatus> states = [(await health.CheckHealthAsync()).Status];
        for (int i = 0; i < 4; i++)
        {
            await destination.SendAsync([new TrackEvent { UserId = "u", Event = "e" }]);
            states.Add((await health.CheckHealthAsync()).Status);
        }

        Assert.That(
            states,
            Is.EqualTo(
                new[] { HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Degraded, HealthStatus.Healthy, HealthStatus.Unhealthy }
            )
        );
    }

    [Test]
    public async Task Logs_of_uploads_hold_no_HTTP_status_when_there_is_no_connection()
    {
        var logs = new FakeLoggerProvider();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace));
        services.AddCleverTapDestination(options =>
        {
            (options.AccountId, options.Passcode, options.Endpoint) = ("acc", "p", new Uri("http://127.0.0.1:1"));
            (options.MaxAttempts, options.RetryBaseDelay) = (2, TimeSpan.FromMilliseconds(1));
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<ICleverTapDestination>().SendAsync([new TrackEvent { UserId = "u", Event = "e" }]);

        // An attempt may be logged after the next one has ended.
        await Polling.WaitUntilAsync(() => Uploads().Any(log => log.Id.Name == "Retrying"), "the retry is logged");
        Assert.That(Uploads().Select(log => log.Id.Name), Does.Contain("Uploaded"));
        Assert.That(Uploads().Select(log => log.Message), Has.All.Contains("NotConnected").And.None.Contains("HTTP"));

        IEnumerable<FakeLogRecord> Uploads() =>
            logs.Collector.GetSnapshot().Where(log => log.Id.Id is 1 or 2 && log.Category!.Contains("CleverTap"));
    }

    private static ServiceProvider Provider(CleverTapEmulator cleverTap, string passcode, ILoggerProvider logs)
    {
        var services = new ServiceCollection();

        // The request logs of the HTTP client belong to .NET: only the logs of this library are checked here.
        services.AddLogging(logging =>
            logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace).AddFilter("System.Net.Http", LogLevel.None)
        );
        services.AddCleverTapDestination(options =>
        {
            (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, passcode, cleverTap.Endpoint);
            (options.RetryBaseDelay, options.MaxRetryAfter, options.MaxBatchRecords) = (TimeSpan.FromMilliseconds(1), TimeSpan.Zero, 5);
        });
        return services.BuildServiceProvider();
    }

    private static MeterListener Listen(ConcurrentDictionary<string, double> counts, ConcurrentQueue<string> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == "CleverTap.Rudder")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.Start();
        return listener;

        void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            seen.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}");
        }
    }
}
