using System.Diagnostics.Metrics;
using System.Globalization;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>The gauges and the health check of a topic.</summary>
public sealed class KafkaStateTests : KafkaFixture
{
    [Test]
    public async Task Lag_and_age_grow_while_CleverTap_is_down_and_fall_to_zero_after_delivery()
    {
        Session.Write(100);
        Session.Write(("u", "no event"));
        Session.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        using IHost host = await StartHostAsync();
        using MetricCollector<long> lag = Collector<long>(host, "clevertap.consumer.lag");
        using MetricCollector<double> age = Collector<double>(host, "clevertap.queue.oldest_age");
        using MetricCollector<long> deadLetters = Collector<long>(host, "clevertap.queue.dead_letters");

        await UntilAsync(host, () => Last(lag) > 90 && Last(age) > 0, "events wait");
        Session.CleverTap.Faults = new CleverTapFaults();
        await Session.WaitUntilCommittedAsync();
        await UntilAsync(host, () => Last(lag) == 0 && Last(age) == 0 && Last(deadLetters) == 1, "all is delivered but one dead letter");

        HealthReportEntry entry = await CheckAsync(host);
        await host.StopAsync();
        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(entry.Data["brokers"], Is.EqualTo("Reachable"));
        Assert.That((entry.Data["consumerLag"], entry.Data["deadLetters"], entry.Data["queueDepth"]), Is.EqualTo((0L, 1L, 0L)));
    }

    [Test]
    public async Task Health_is_degraded_and_names_the_code_when_brokers_do_not_respond()
    {
        using IHost host = await StartHostAsync();
        await UntilAsync(host, async () => (await CheckAsync(host)).Status == HealthStatus.Healthy, "the brokers respond");

        Session.SetAllBrokersDown();
        await UntilAsync(host, async () => (await CheckAsync(host)).Status == HealthStatus.Degraded, "the brokers do not respond");
        HealthReportEntry entry = await CheckAsync(host);
        Session.SetAllBrokersUp();
        await UntilAsync(host, async () => (await CheckAsync(host)).Status == HealthStatus.Healthy, "the brokers respond again");

        Assert.That(entry.Description, Does.StartWith("The Kafka brokers do not respond as they should: Local_"));
        await host.StopAsync();
    }

    private static double? Last<T>(MetricCollector<T> collector)
        where T : struct
    {
        collector.RecordObservableInstruments();
        return collector.LastMeasurement is { } last ? Convert.ToDouble(last.Value, CultureInfo.InvariantCulture) : null;
    }

    private static MetricCollector<T> Collector<T>(IHost host, string name)
        where T : struct => new(host.Services.GetRequiredService<IMeterFactory>(), CleverTapMetrics.Name, name);

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["CleverTap"];

    private static Task UntilAsync(IHost host, Func<bool> condition, string description) =>
        UntilAsync(host, () => Task.FromResult(condition()), description);

    /// <summary>Refreshes the state, as the monitor does periodically, until a condition is true.</summary>
    private static async Task UntilAsync(IHost host, Func<Task<bool>> condition, string description)
    {
        IQueueState queue = host.Services.GetRequiredService<QueueMetrics>().Queues[""];
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        do
        {
            Assert.That(timeout.IsCancellationRequested, Is.False, description);
            await queue.RefreshAsync(timeout.Token);
        } while (!await condition());
    }

    private Task<IHost> StartHostAsync() =>
        Session.StartHostAsync(services: services => services.AddHealthChecks().AddCleverTapDestination());
}
