using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Failures are isolated per event: over real sockets, with a server that shares no code with the library.</summary>
[Category("Slow")]
public sealed class IsolationTests
{
    private const int Events = PoisonEvents.Count;

    [Test]
    public async Task SendAsync_fails_only_two_poison_events_of_twenty_thousand([Values] bool dropsConnections)
    {
        await using PoisonEventServer server = new() { DropsConnections = dropsConnections };
        using IHost host = Host(server, _ => { });
        RudderEvent[] events = [.. Enumerable.Range(0, Events).Select(PoisonEvents.Event)];
        var watch = Stopwatch.StartNew();

        DeliveryReport report = await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync(events);

        Assert.That(
            report.Undelivered.Select(outcome => ((TrackEvent)events[outcome.Index]).Event),
            Is.EqualTo(new[] { "culprit", "culprit" })
        );
        PoisonEvents.AssertOthersAreStoredOnceInOrder(server, watch.Elapsed);
    }

    [Test]
    public async Task Memory_queue_makes_only_two_poison_events_of_twenty_thousand_dead_letters([Values] bool dropsConnections)
    {
        ConcurrentQueue<string> letters = new();
        await using PoisonEventServer server = new() { DropsConnections = dropsConnections };
        using IHost host = Host(
            server,
            destination =>
                destination.AddBackgroundDelivery(
                    options => (options.FlushInterval, options.GiveUpAfter) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1)),
                    (letter, _) =>
                    {
                        letters.Enqueue(((TrackEvent)letter).Event!);
                        return Task.CompletedTask;
                    }
                )
        );
        await host.StartAsync();
        var queue = host.Services.GetRequiredService<ICleverTapQueue>();
        var watch = Stopwatch.StartNew();
        for (int index = 0; index < Events; index++)
        {
            await queue.EnqueueAsync(PoisonEvents.Event(index));
        }

        Assert.That(await queue.FlushAsync(), Is.True);

        Assert.That(letters, Is.EqualTo(new[] { "culprit", "culprit" }));
        PoisonEvents.AssertOthersAreStoredOnceInOrder(server, watch.Elapsed);
    }

    [Test]
    public async Task SendAsync_sends_other_users_when_a_user_that_fails_fills_the_window([Values(2, 8)] int maxAttempts)
    {
        await using PoisonEventServer server = new();
        using IHost host = Host(server, _ => { }, options => SetSmallWindow(options, records: 5, maxAttempts));
        RudderEvent[] events =
        [
            .. Enumerable.Range(0, 30).Select(_ => new TrackEvent { UserId = "bad", Event = "culprit" }),
            .. Enumerable.Range(0, 30).Select(index => new TrackEvent { UserId = $"u{index % 3}", Event = "e" }),
        ];

        DeliveryReport report = await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync(events);

        Assert.That(report.Undelivered.Select(outcome => outcome.Index), Is.EqualTo(Enumerable.Range(0, 30)));
    }

    [Test]
    public async Task SendAsync_sends_other_users_when_uploads_have_one_record_and_two_users_fail([Values(1, 2, 8)] int maxAttempts)
    {
        await using PoisonEventServer server = new();
        using IHost host = Host(server, _ => { }, options => SetSmallWindow(options, records: 1, maxAttempts));
        RudderEvent[] events =
        [
            .. Enumerable.Range(0, 20).Select(index => new TrackEvent { UserId = $"u{index}", Event = index is 5 or 6 ? "culprit" : "e" }),
        ];

        DeliveryReport report = await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync(events);

        Assert.That(report.Undelivered.Select(outcome => outcome.Index), Is.EqualTo(new[] { 5, 6 }));
    }

    [Test]
    public async Task Upload_slots_stay_busy_when_some_requests_are_slow()
    {
        await using PoisonEventServer server = new() { Latency = PoisonEventServer.SlowTail };
        using IHost host = Host(server, _ => { }, options => options.MaxBatchRecords = 200);
        RudderEvent[] events = [.. Enumerable.Range(0, Events).Select(index => new TrackEvent { UserId = $"u{index}", Event = "e" })];

        DeliveryReport report = await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync(events);

        Assert.That(report.Delivered.Count(), Is.EqualTo(Events));
        server.AssertSlotsAreBusy();
    }

    private static void SetSmallWindow(CleverTapOptions options, int records, int maxAttempts)
    {
        (options.MaxBatchRecords, options.MaxInFlight, options.MaxAttempts) = (records, 1, maxAttempts);
        options.RetryMaxDelay = TimeSpan.FromMilliseconds(20);
    }

    private static IHost Host(
        PoisonEventServer server,
        Action<ICleverTapDestinationBuilder> queue,
        Action<CleverTapOptions>? configure = null
    )
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        queue(
            builder.Services.AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint, options.RetryBaseDelay) = (
                    "a",
                    "p",
                    server.Endpoint,
                    TimeSpan.FromMilliseconds(20)
                );
                options.CredentialsCheck = CredentialsCheckMode.Off;
                configure?.Invoke(options);
            })
        );
        return builder.Build();
    }
}
