using System.Diagnostics;
using CleverTap.Rudder.Tests.Delivery;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>Events that make CleverTap fail, and slow responses, do not affect other events of the file.</summary>
public sealed class OutboxIsolationTests : OutboxFixture
{
    [Test]
    public async Task Outbox_isolates_two_failing_events_of_twenty_thousand_as_dead_letters([Values] bool dropsCulprits)
    {
        await using CulpritServer server = new() { DropsCulprits = dropsCulprits };
        IHost host = await Outbox.StartAsync(
            options => options.GiveUpAfter = TimeSpan.FromSeconds(1),
            delivery => (delivery.Endpoint, delivery.RetryBaseDelay) = (server.Endpoint, TimeSpan.FromMilliseconds(20))
        );
        var watch = Stopwatch.StartNew();

        await EnqueueAsync(host, CulpritEvents.Event);
        Assert.That(await host.Queue().FlushAsync(), Is.True);
        watch.Stop();

        IReadOnlyList<DeadLetter> letters = await host.DeadLetters().ListAsync();
        Assert.That(
            letters.Select(letter => (letter.MessageId, letter.Kind)),
            Is.EquivalentTo(new[] { ("m7007", OutcomeKind.Undelivered), ("m13123", OutcomeKind.Undelivered) })
        );
        CulpritEvents.AssertOthersAreStoredOnceInOrder(server, watch.Elapsed);
    }

    [Test]
    public async Task Slow_responses_leave_no_upload_slot_empty()
    {
        await using CulpritServer server = new() { Latency = CulpritServer.SlowTail };
        IHost host = await Outbox.StartAsync(configureDelivery: delivery =>
            (delivery.Endpoint, delivery.MaxBatchRecords) = (server.Endpoint, 200)
        );

        await EnqueueAsync(host, index => new TrackEvent { UserId = $"u{index}", Event = "e" });
        Assert.That(await host.Queue().FlushAsync(), Is.True);

        Assert.That(server.StoredCount, Is.EqualTo(CulpritEvents.Count));
        server.AssertSlotsAreBusy();
    }

    private static Task<bool[]> EnqueueAsync(IHost host, Func<int, TrackEvent> create) =>
        Task.WhenAll(Enumerable.Range(0, CulpritEvents.Count).Select(index => host.Queue().EnqueueAsync(create(index)).AsTask()));
}
