using System.Diagnostics.Metrics;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The state of queues in gauges and in the health check.</summary>
public sealed class QueueStateTests
{
    [Test]
    public async Task Gauge_and_health_data_show_the_depth_and_oldest_age_of_a_memory_queue()
    {
        var clock = new TestClock();
        using IHost host = BuildMemory(clock);
        var queue = host.Services.GetRequiredKeyedService<ICleverTapQueue>("shop");
        using MetricCollector<double> age = Collector<double>(host, "clevertap.queue.oldest_age");

        await queue.EnqueueAsync(new TrackEvent { UserId = "u", Event = "e" });
        clock.Advance(TimeSpan.FromSeconds(40));
        await queue.EnqueueAsync(new TrackEvent { UserId = "u", Event = "e" });
        age.RecordObservableInstruments();

        CollectedMeasurement<double> measured = age.LastMeasurement!;
        Assert.That((measured.Value, measured.Tags["destination"]), Is.EqualTo((40d, "shop")));
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.That(
            report.Entries["CleverTap:shop"].Data,
            Is.EquivalentTo(new Dictionary<string, object> { ["queueDepth"] = 2L, ["oldestEventSeconds"] = 40d })
        );
    }

    [Test]
    public async Task Oldest_age_is_zero_when_everything_is_delivered()
    {
        var clock = new TestClock();
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        using IHost host = BuildMemory(clock, cleverTap);
        var queue = host.Services.GetRequiredKeyedService<ICleverTapQueue>("shop");
        await queue.EnqueueAsync(new TrackEvent { UserId = "u", Event = "e" });
        clock.Advance(TimeSpan.FromSeconds(40));
        await host.StartAsync();
        await queue.FlushAsync();
        using MetricCollector<double> age = Collector<double>(host, "clevertap.queue.oldest_age");

        age.RecordObservableInstruments();

        Assert.That(age.LastMeasurement!.Value, Is.Zero);
        await host.StopAsync();
    }

    [Test]
    public async Task Outbox_state_shows_dead_letters_and_the_file()
    {
        await using OutboxHost outbox = await OutboxHost.CreateAsync();
        using IHost host = await outbox.StartAsync(configureHost: builder => builder.Services.AddHealthChecks().AddCleverTapDestination());
        await host.Queue().EnqueueAsync(new TrackEvent { UserId = "u", Event = "App Launched" });
        await host.Queue().FlushAsync();
        await Watched(host).RefreshAsync(CancellationToken.None);
        using MetricCollector<long> deadLetters = Collector<long>(host, "clevertap.queue.dead_letters");

        deadLetters.RecordObservableInstruments();
        HealthReportEntry entry = (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["CleverTap"];

        Assert.That(deadLetters.LastMeasurement!.Value, Is.EqualTo(1));
        Assert.That(
            (entry.Status, entry.Data["deadLetters"], entry.Data["outboxFile"]),
            Is.EqualTo((HealthStatus.Healthy, 1L, outbox.Database))
        );
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "An open file cannot be deleted")]
    public async Task Outbox_is_unhealthy_when_its_file_is_deleted()
    {
        await using OutboxHost outbox = await OutboxHost.CreateAsync();
        using IHost host = await outbox.StartAsync(configureHost: builder => builder.Services.AddHealthChecks().AddCleverTapDestination());
        File.Delete(outbox.Database);
        await Watched(host).RefreshAsync(CancellationToken.None);

        HealthReportEntry entry = (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["CleverTap"];

        Assert.That((entry.Status, entry.Description), Is.EqualTo((HealthStatus.Unhealthy, "The outbox cannot use its file: Missing")));
    }

    [Test]
    public void Gauge_shows_the_other_queues_when_the_state_of_one_fails()
    {
        using var meters = new TestMeters();
        var uploads = new CleverTapMetrics(meters);
        var metrics = new QueueMetrics(uploads);
        metrics.Queues["broken"] = new FixedState(() => throw new InvalidOperationException());
        metrics.Queues["good"] = new FixedState(() => new QueueState(1, TimeSpan.FromSeconds(3)));
        using var age = new MetricCollector<double>(uploads.Meter, "clevertap.queue.oldest_age");

        age.RecordObservableInstruments();

        Assert.That(age.GetMeasurementSnapshot().Select(one => (one.Tags["destination"], one.Value)), Is.EqualTo(new[] { ("good", 3d) }));
    }

    [Test]
    public void Upload_duration_has_buckets_from_5_ms_to_60_s()
    {
        using var meters = new TestMeters();
        List<Instrument> published = [];
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => published.Add(instrument) };
        listener.Start();
        var metrics = new CleverTapMetrics(meters);

        var duration =
            (Histogram<double>)
                published.Single(instrument => instrument.Meter == metrics.Meter && instrument.Name == "clevertap.upload.duration");

        IReadOnlyList<double> boundaries = duration.Advice!.HistogramBucketBoundaries!;
        Assert.That((duration.Unit, boundaries[0], boundaries[^1]), Is.EqualTo(("s", 0.005, 60d)));
        Assert.That(boundaries, Is.Ordered);
    }

    [TestCase("typo", "there is no CleverTap destination 'typo'; there is 'shop', one without a name")]
    public void Host_start_throws_and_lists_the_names_when_a_health_check_has_an_unknown_destination(string name, string error)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHealthChecks().AddCleverTapDestination("shop").AddCleverTapDestination(name);
        builder.Services.AddCleverTapDestination("shop", options => Configure(options, null));
        builder.Services.AddCleverTapDestination(options => Configure(options, null));
        using IHost host = builder.Build();

        Assert.That(async () => await host.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(error));
    }

    [Test]
    public void Arrival_times_return_the_age_to_a_second_and_forget_older_events()
    {
        var arrivals = new ArrivalTimes();
        DateTimeOffset start = DateTimeOffset.UnixEpoch;
        for (int i = 0; i < 100; i++)
        {
            arrivals.Add(i, start.AddMilliseconds(250 * i));
        }

        DateTimeOffset now = start.AddSeconds(60);

        Assert.That(arrivals.AgeOf(0, now).TotalSeconds, Is.EqualTo(60));
        Assert.That(arrivals.AgeOf(42, now).TotalSeconds, Is.EqualTo(60 - 10.5).Within(1));
        Assert.That(arrivals.AgeOf(99, now).TotalSeconds, Is.EqualTo(60 - 24.75).Within(1));
        Assert.That(arrivals.AgeOf(99, start), Is.EqualTo(TimeSpan.Zero), "a clock that was set back");
    }

    private static IQueueState Watched(IHost host) => host.Services.GetRequiredService<QueueMetrics>().Queues[""];

    private static MetricCollector<T> Collector<T>(IHost host, string name)
        where T : struct => new(host.Services.GetRequiredService<IMeterFactory>(), CleverTapMetrics.Name, name);

    private static IHost BuildMemory(TimeProvider clock, CleverTapEmulator? cleverTap = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(clock);
        builder
            .Services.AddCleverTapDestination("shop", options => Configure(options, cleverTap))
            .AddBackgroundDelivery(queue => queue.FlushSize = 1);
        builder.Services.AddHealthChecks().AddCleverTapDestination("shop");
        return builder.Build();
    }

    private static void Configure(CleverTapOptions options, CleverTapEmulator? cleverTap)
    {
        (options.AccountId, options.Passcode) = (cleverTap?.AccountId ?? "a", cleverTap?.Passcode ?? "p");
        (options.Endpoint, options.CredentialsCheck) = (cleverTap?.Endpoint, CredentialsCheckMode.Off);
    }

    private sealed class FixedState(Func<QueueState> read) : IQueueState
    {
        public QueueState State => read();
    }
}
