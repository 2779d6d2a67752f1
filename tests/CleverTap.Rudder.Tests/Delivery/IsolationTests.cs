using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Failures are isolated per event: over real sockets, with a server that shares no code with the library.</summary>
public sealed class IsolationTests
{
    private const int Events = 20_000;

    [Test]
    public async Task Two_culprits_of_twenty_thousand_cost_no_other_event_in_SendAsync([Values] bool dropsCulprits)
    {
        await using CulpritServer server = new() { DropsCulprits = dropsCulprits };
        using IHost host = Host(server, _ => { });
        RudderEvent[] events = [.. Enumerable.Range(0, Events).Select(Event)];

        DeliveryReport report = await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync(events);

        Assert.That(report.Undelivered.Select(outcome => ((TrackEvent)events[outcome.Index]).Event), Is.EqualTo(new[] { "culprit", "culprit" }));
        AssertStoredInOrder(server);
    }

    [Test]
    public async Task Two_culprits_of_twenty_thousand_become_dead_letters_of_a_queue_in_memory([Values] bool dropsCulprits)
    {
        ConcurrentQueue<string> letters = new();
        await using CulpritServer server = new() { DropsCulprits = dropsCulprits };
        using IHost host = Host(server, destination => destination.AddBackgroundDelivery(
            options => (options.FlushInterval, options.GiveUpAfter) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1)),
            (letter, _) =>
            {
                letters.Enqueue(((TrackEvent)letter).Event!);
                return Task.CompletedTask;
            }));
        await host.StartAsync();
        var queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int index = 0; index < Events; index++)
        {
            await queue.EnqueueAsync(Event(index));
        }

        Assert.That(await queue.FlushAsync(), Is.True);

        Assert.That(letters, Is.EqualTo(new[] { "culprit", "culprit" }));
        AssertStoredInOrder(server);
    }

    [Test]
    public async Task A_slow_tail_leaves_no_slot_empty()
    {
        await using CulpritServer server = new() { Latency = number => TimeSpan.FromMilliseconds(number % 50 == 5 ? 4000 : 200) };
        using IHost host = Host(server, _ => { }, options => options.MaxBatchRecords = 200);
        RudderEvent[] events = [.. Enumerable.Range(0, Events).Select(index => new TrackEvent { UserId = $"u{index}", Event = "e" })];

        DeliveryReport report = await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync(events);

        Assert.That(report.Delivered.Count(), Is.EqualTo(Events));
        await TestContext.Out.WriteLineAsync($"{server.MeanInFlight:0.00} of 3 uploads in flight on average");
        Assert.That(server.MeanInFlight, Is.GreaterThan(2.7));
    }

    private static IHost Host(CulpritServer server, Action<ICleverTapDestinationBuilder> queue, Action<CleverTapOptions>? configure = null)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        queue(builder.Services.AddCleverTapDestination(options =>
        {
            (options.AccountId, options.Passcode, options.Endpoint, options.RetryBaseDelay) = ("a", "p", server.Endpoint, TimeSpan.FromMilliseconds(20));
            configure?.Invoke(options);
        }));
        return builder.Build();
    }

    /// <summary>Two of 500 users have a culprit in the middle of their events.</summary>
    private static TrackEvent Event(int index) => new()
    {
        UserId = $"u{index % 500}",
        MessageId = $"m{index}",
        Event = index is 7_007 or 13_123 ? "culprit" : index.ToString(CultureInfo.InvariantCulture),
    };

    private static void AssertStoredInOrder(CulpritServer server)
    {
        TestContext.Out.WriteLine($"{server.Requests} requests");
        Assert.That(server.StoredCount, Is.EqualTo(Events - 2), "every other event is stored once");
        Assert.That(server.Requests, Is.LessThanOrEqualTo((Events / 1000) + (2 * 60) + 20), "at most 60 requests more a culprit");
        foreach ((string user, ConcurrentQueue<string> names) in server.Stored)
        {
            int[] order = [.. names.Select(name => int.Parse(name, CultureInfo.InvariantCulture))];
            Assert.That(order, Is.Ordered, user);
        }
    }
}
