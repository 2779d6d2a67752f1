using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>A queue in memory: stops, pauses and failing callbacks.</summary>
public sealed class BackgroundDeliveryStopTests : BackgroundDeliveryFixture
{
    [Test]
    public async Task Stop_during_ten_thousand_events_delivers_or_hands_over_each()
    {
        CleverTap.Faults = new CleverTapFaults
        {
            Seed = 5,
            ServerError = 0.3,
            LostResponse = 0.2,
            DroppedBefore = 0.1,
        };
        using IHost host = await StartAsync(
            options => (options.MaxBatchRecords, options.MaxAttempts, options.LostResponses) = (20, 3, LostResponsePolicy.Report),
            queue =>
                (queue.Capacity, queue.ShutdownDeadline, queue.RetryInterval) = (
                    500,
                    TimeSpan.FromMilliseconds(50),
                    TimeSpan.FromMilliseconds(1)
                )
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        // A full queue makes the producer wait, so that by now most of these are through; the others come while it stops.
        for (int i = 0; i < 5_000; i++)
        {
            await queue.EnqueueAsync(Event(i));
        }

        Task stopping = host.StopAsync();
        for (int i = 5_000; i < 10_000; i++)
        {
            await queue.EnqueueAsync(Event(i));
        }

        await stopping;

        HashSet<string> stored = [.. CleverTap.Events.Select(e => e.Name)];
        HashSet<string> handedOver = [.. DeadLetters.Select(letter => ((TrackEvent)letter.Event).Event!)];
        int lost = DeadLetters.Count(letter =>
            letter.Outcome.UndeliveredReason is UndeliveredReason.NoResponse or UndeliveredReason.Cancelled or UndeliveredReason.Stopped
            && stored.Contains(((TrackEvent)letter.Event).Event!)
        );
        await TestContext.Out.WriteLineAsync(
            $"{stored.Count} stored, {handedOver.Count} handed over, {lost} both (their response was lost)"
        );
        Assert.That(DeadLetters, Has.Count.EqualTo(handedOver.Count), "nothing is handed over twice");
        Assert.That(stored.Union(handedOver).Count(), Is.EqualTo(10_000));
        Assert.That(stored.Count + handedOver.Count - lost, Is.EqualTo(10_000));
        Assert.That(stored, Is.Not.Empty);
        Assert.That(await queue.EnqueueAsync(Event(0)), Is.False);
        Assert.That(DeadLetters.Last().Outcome.UndeliveredReason, Is.EqualTo(UndeliveredReason.Stopped));
    }

    [Test]
    public async Task Stop_drains_the_queue_before_the_deadline()
    {
        using IHost host = await StartAsync(configureQueue: queue => queue.FlushInterval = TimeSpan.FromHours(1));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int i = 0; i < 50; i++)
        {
            await queue.EnqueueAsync(Event(i));
        }

        await host.StopAsync();

        Assert.That((CleverTap.EventCount, DeadLetters.Count), Is.EqualTo((50, 0)));
    }

    [Test]
    public async Task Worker_continues_when_a_dead_letter_callback_throws()
    {
        int calls = 0;
        using IHost host = await StartAsync(
            deadLetter: (_, _) => ++calls == 1 ? throw new InvalidOperationException("the callback") : Task.CompletedTask
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(new TrackEvent { UserId = "u" });
        await queue.FlushAsync();
        await queue.EnqueueAsync(new TrackEvent { UserId = "u" });
        await queue.EnqueueAsync(Event(1));

        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That((calls, CleverTap.EventCount), Is.EqualTo((3, 1)), "the first event is handed over again");
    }

    [Test]
    public async Task Stop_ends_at_the_shutdown_token_when_a_callback_never_returns()
    {
        using IHost host = await StartAsync(deadLetter: (_, _) => new TaskCompletionSource().Task);
        await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(new TrackEvent { UserId = "u" });
        using var shutdown = new CancellationTokenSource();

        Task stopping = host.StopAsync(shutdown.Token);
        await shutdown.CancelAsync();
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.That(stopping.IsCompleted);
    }

    [Test]
    public async Task Refused_credentials_pause_the_queue_and_keep_its_events()
    {
        var clock = new TestClock();
        using IHost host = await StartAsync(
            options => options.Passcode = "old",
            configureQueue: queue => queue.FlushSize = 1,
            clock: clock
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(Event(0));
        await clock.WaitForTimer(TimeSpan.FromMinutes(1));
        Assert.That(CleverTap.Requests.Single().StatusCode, Is.EqualTo(401));

        host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<CleverTapOptions>>().Get("").Passcode =
            CleverTap.Passcode;
        clock.Advance(TimeSpan.FromMinutes(1));
        await queue.FlushAsync();

        Assert.That((CleverTap.EventCount, DeadLetters.Count), Is.EqualTo((1, 0)));
    }
}
