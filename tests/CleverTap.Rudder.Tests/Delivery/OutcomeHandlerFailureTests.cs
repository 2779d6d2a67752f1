using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Handlers that fail: retries, giving up, and the end of the host.</summary>
public sealed class OutcomeHandlerFailureTests : OutcomeHandlerFixture
{
    [TestCase("memory")]
    [TestCase("disk")]
    public async Task Handler_that_throws_is_called_again_until_it_has_handled_each_event(string queue)
    {
        int failures = 5;
        using IHost host = Build(
            queue,
            destination =>
                destination.AddDeadLetterHandler(
                    (rudderEvent, _) =>
                        Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("secret-1") : Record(NameOf(rudderEvent))
                )
        );
        await host.StartAsync();
        await EnqueueAsync(host, "App Launched", "App Uninstalled");

        Assert.That(await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync(), Is.True);
        Assert.That(Notified, Is.EquivalentTo(new[] { "App Launched", "App Uninstalled" }));
        await host.StopAsync();
    }

    [Test]
    public async Task Failing_handler_does_not_delay_other_handlers_and_events()
    {
        var clock = new TestClock();
        using IHost host = Build(
            "memory",
            clock: clock,
            configure: destination =>
                destination
                    .AddOutcomeHandler(
                        (rudderEvent, _) => NameOf(rudderEvent) == "1" ? throw new IOException() : Record($"first {NameOf(rudderEvent)}")
                    )
                    .AddOutcomeHandler((rudderEvent, _) => Record($"second {NameOf(rudderEvent)}"))
        );
        await host.StartAsync();
        await EnqueueAsync(host, "1", "2");
        Task<bool> flushing = host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();
        await clock.WaitForTimer(Delay);
        await Polling.WaitUntilAsync(() => Notified.Count == 3, "the handlers are notified");

        Assert.That(Notified, Is.EquivalentTo(new[] { "second 1", "first 2", "second 2" }));
        Assert.That(flushing.IsCompleted, Is.False, "the first event is still open");
    }

    [Test]
    public async Task Event_is_given_up_logged_and_counted_when_its_handler_fails_for_too_long()
    {
        var clock = new TestClock();
        using IHost host = Build(
            "memory",
            clock: clock,
            configure: destination => destination.AddOutcomeHandler((_, _) => throw new IOException("secret-1"))
        );
        using var failures = new MetricCollector<long>(
            host.Services.GetRequiredService<IMeterFactory>(),
            "CleverTap.Rudder",
            "clevertap.handler.failures"
        );
        await host.StartAsync();
        await EnqueueAsync(host, "1");
        Task<bool> flushing = host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();
        await clock.WaitForTimer(Delay);
        await AdvanceUntil(clock, () => flushing.IsCompleted);

        Assert.That(await flushing, Is.True);
        Assert.That(
            failures.GetMeasurementSnapshot().Select(one => $"{one.Tags["exception"]} {one.Tags["given_up"]}"),
            Is.EqualTo(new[] { "System.IO.IOException False", "System.IO.IOException False", "System.IO.IOException True" })
        );
        Assert.That(
            host.Services.GetFakeLogCollector().GetSnapshot().Where(log => log.Id.Id is 22 or 26).Select(log => log.Message),
            Is.EqualTo(
                new[]
                {
                    "CleverTap queue '': AddOutcomeHandler failed with System.IO.IOException and is called again; "
                        + "further failures until it succeeds are counted only",
                    "CleverTap queue '': AddOutcomeHandler did not handle the event with message id m-1 "
                        + "(3 attempts, the last failed with System.IO.IOException); it is not called again for it",
                }
            )
        );
    }

    [Test]
    public async Task Handler_that_fails_on_every_event_for_too_long_is_called_once_per_event_until_it_succeeds()
    {
        var clock = new TestClock();
        bool works = false;
        using IHost host = Build(
            "memory",
            clock: clock,
            configure: destination =>
                destination.AddOutcomeHandler(
                    (rudderEvent, _) =>
                    {
                        Notified.Enqueue(NameOf(rudderEvent));
                        return works ? Task.CompletedTask : throw new IOException();
                    }
                )
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await host.StartAsync();
        await EnqueueAsync(host, "1");
        Task<bool> flushing = queue.FlushAsync();
        await clock.WaitForTimer(Delay);
        await AdvanceUntil(clock, () => flushing.IsCompleted);

        await EnqueueAsync(host, "2");
        Assert.That(await queue.FlushAsync(), Is.True, "without another call");
        works = true;
        await EnqueueAsync(host, "3");
        await queue.FlushAsync();

        Assert.That(Notified, Is.EqualTo(new[] { "1", "1", "1", "2", "3" }));
    }

    [Test]
    public async Task Outbox_keeps_an_event_across_a_restart_until_its_handlers_succeed()
    {
        using (
            IHost first = Build(
                "disk",
                destination =>
                    destination.AddOutcomeHandler(
                        (rudderEvent, _) =>
                        {
                            Notified.Enqueue($"fails {NameOf(rudderEvent)}");
                            throw new IOException();
                        }
                    )
            )
        )
        {
            await first.StartAsync();
            await EnqueueAsync(first, "1");
            await Polling.WaitUntilAsync(() => !Notified.IsEmpty, "a handler is notified");
            await first.StopAsync();
        }

        Notified.Clear();
        using IHost second = Build(
            "disk",
            destination => destination.AddOutcomeHandler((rudderEvent, outcome) => Record($"{NameOf(rudderEvent)} {outcome.Kind}"))
        );
        await second.StartAsync();
        await second.StopAsync();

        Assert.That(Notified, Is.EqualTo(new[] { "1 Delivered" }));
    }

    [Test]
    public async Task Memory_queue_logs_events_that_a_failing_handler_has_not_handled_when_it_stops()
    {
        using IHost host = Build("memory", destination => destination.AddOutcomeHandler((_, _) => throw new IOException()));
        await host.StartAsync();
        await EnqueueAsync(host, "1");

        await host.StopAsync();

        Assert.That(host.Services.GetFakeLogCollector().GetSnapshot().Count(log => log.Id.Id == 26), Is.EqualTo(1));
    }
}
