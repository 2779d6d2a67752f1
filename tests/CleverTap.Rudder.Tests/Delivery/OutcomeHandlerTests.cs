using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Handlers of outcomes and dead letters, as services or functions, and what happens when they fail.</summary>
public sealed class OutcomeHandlerTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    private readonly ConcurrentQueue<string> notified = new();
    private string folder = null!;
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task Start()
    {
        notified.Clear();
        folder = Directory.CreateTempSubdirectory("handlers-").FullName;
        cleverTap = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await cleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [TestCase("memory")]
    [TestCase("disk")]
    public async Task Handlers_of_outcomes_and_dead_letters_come_from_the_host_s_services(string queue)
    {
        using IHost host = Build(
            queue,
            destination =>
            {
                destination.Services.AddSingleton(notified).AddScoped<Scoped>();
                destination.AddOutcomeHandler<Ledger>().AddDeadLetterHandler<Letters>();
                destination.AddOutcomeHandler(
                    (services, rudderEvent, _) =>
                        Note($"function {NameOf(rudderEvent)} {services.GetRequiredService<Scoped>().Notified.Count >= 0}")
                );
                destination.AddDeadLetterHandler(
                    (_, rudderEvent, outcome) => Note($"letter function {NameOf(rudderEvent)} {outcome.Kind}")
                );
                destination.AddDeadLetterHandler((rudderEvent, _) => Note($"letter {NameOf(rudderEvent)}"));
            }
        );
        await host.StartAsync();
        await EnqueueAsync(host, "Delivered", "App Launched");
        await host.StopAsync();

        Assert.That(
            notified,
            Is.EquivalentTo(
                new[]
                {
                    "ledger Delivered Delivered",
                    "disposed",
                    "function Delivered True",
                    "disposed",
                    "ledger App Launched Rejected",
                    "disposed",
                    "function App Launched True",
                    "disposed",
                    "letters App Launched",
                    "letter function App Launched Rejected",
                    "letter App Launched",
                }
            )
        );
    }

    [TestCase("memory")]
    [TestCase("disk")]
    public async Task Disposal_ends_when_a_handler_never_returns(string queue)
    {
        var called = new TaskCompletionSource();
        using (
            IHost host = Build(
                queue,
                destination =>
                    destination.AddOutcomeHandler(
                        async (_, _) =>
                        {
                            called.SetResult();
                            await Task.Delay(Timeout.Infinite);
                        }
                    )
            )
        )
        {
            await host.StartAsync();
            await EnqueueAsync(host, "Hangs");
            await called.Task;
        }

        Assert.That(cleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "Hangs" }));
    }

    [TestCase("memory")]
    [TestCase("disk")]
    public async Task Handlers_of_other_events_are_called_while_one_call_hangs(string queue)
    {
        var release = new TaskCompletionSource();
        using IHost host = Build(
            queue,
            destination =>
                destination.AddOutcomeHandler(
                    async (rudderEvent, _) =>
                    {
                        if (NameOf(rudderEvent) == "Hangs")
                        {
                            await release.Task;
                        }

                        await Note(NameOf(rudderEvent));
                    }
                )
        );
        await host.StartAsync();
        await EnqueueAsync(host, "Hangs", "Next", "Last");

        await Polling.WaitUntilAsync(() => notified.Count == 2, "the handlers of the others are called");
        Assert.That(notified, Is.EquivalentTo(new[] { "Next", "Last" }));
        release.SetResult();
        Assert.That(await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync(), Is.True);
        Assert.That(notified.Last(), Is.EqualTo("Hangs"));
        await host.StopAsync();
    }

    [TestCase("memory")]
    [TestCase("disk")]
    public async Task A_handler_that_throws_is_called_again_and_loses_nothing(string queue)
    {
        int failures = 5;
        using IHost host = Build(
            queue,
            destination =>
                destination.AddDeadLetterHandler(
                    (rudderEvent, _) =>
                        Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("secret-1") : Note(NameOf(rudderEvent))
                )
        );
        await host.StartAsync();
        await EnqueueAsync(host, "App Launched", "App Uninstalled");

        Assert.That(await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync(), Is.True);
        Assert.That(notified, Is.EquivalentTo(new[] { "App Launched", "App Uninstalled" }));
        await host.StopAsync();
    }

    [Test]
    public async Task A_handler_that_fails_does_not_keep_other_handlers_and_events_waiting()
    {
        var clock = new TestClock();
        using IHost host = Build(
            "memory",
            clock: clock,
            configure: destination =>
                destination
                    .AddOutcomeHandler(
                        (rudderEvent, _) => NameOf(rudderEvent) == "1" ? throw new IOException() : Note($"first {NameOf(rudderEvent)}")
                    )
                    .AddOutcomeHandler((rudderEvent, _) => Note($"second {NameOf(rudderEvent)}"))
        );
        await host.StartAsync();
        await EnqueueAsync(host, "1", "2");
        Task<bool> flushing = host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();
        await clock.WaitForTimer(Delay);
        await Until(() => notified.Count == 3);

        Assert.That(notified, Is.EquivalentTo(new[] { "second 1", "first 2", "second 2" }));
        Assert.That(flushing.IsCompleted, Is.False, "the first event is still open");
    }

    [Test]
    public async Task An_event_is_given_up_for_a_handler_that_fails_too_long_and_that_is_logged_and_counted()
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
    public async Task A_handler_that_has_failed_too_long_on_every_event_is_called_once_an_event_until_it_succeeds()
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
                        notified.Enqueue(NameOf(rudderEvent));
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

        Assert.That(notified, Is.EqualTo(new[] { "1", "1", "1", "2", "3" }));
    }

    [Test]
    public async Task An_outbox_keeps_an_event_until_its_handlers_have_taken_it_across_a_restart()
    {
        using (
            IHost first = Build(
                "disk",
                destination =>
                    destination.AddOutcomeHandler(
                        (rudderEvent, _) =>
                        {
                            notified.Enqueue($"fails {NameOf(rudderEvent)}");
                            throw new IOException();
                        }
                    )
            )
        )
        {
            await first.StartAsync();
            await EnqueueAsync(first, "1");
            await Until(() => !notified.IsEmpty);
            await first.StopAsync();
        }

        notified.Clear();
        using IHost second = Build(
            "disk",
            destination => destination.AddOutcomeHandler((rudderEvent, outcome) => Note($"{NameOf(rudderEvent)} {outcome.Kind}"))
        );
        await second.StartAsync();
        await second.StopAsync();

        Assert.That(notified, Is.EqualTo(new[] { "1 Delivered" }));
    }

    [Test]
    public async Task A_queue_in_memory_that_stops_logs_what_a_failing_handler_has_not_taken()
    {
        using IHost host = Build("memory", destination => destination.AddOutcomeHandler((_, _) => throw new IOException()));
        await host.StartAsync();
        await EnqueueAsync(host, "1");

        await host.StopAsync();

        Assert.That(host.Services.GetFakeLogCollector().GetSnapshot().Count(log => log.Id.Id == 26), Is.EqualTo(1));
    }

    private static string NameOf(RudderEvent rudderEvent) => ((TrackEvent)rudderEvent).Event!;

    private static async Task EnqueueAsync(IHost host, params string[] names)
    {
        foreach (string name in names)
        {
            await host
                .Services.GetRequiredService<ICleverTapQueue>()
                .EnqueueAsync(
                    new TrackEvent
                    {
                        MessageId = $"m-{name}",
                        UserId = $"u-{name}",
                        Event = name,
                        OriginalTimestamp = DateTimeOffset.UtcNow,
                    }
                );
        }
    }

    /// <summary>Turns the clock by a retry's delay as often as it takes.</summary>
    private static Task AdvanceUntil(TestClock clock, Func<bool> condition) =>
        Until(() =>
        {
            if (!condition())
            {
                clock.Advance(Delay);
            }

            return condition();
        });

    private static async Task Until(Func<bool> condition)
    {
        for (int attempt = 0; !condition(); attempt++)
        {
            Assert.That(attempt, Is.LessThan(3_000), "the condition is met in time");
            await Task.Delay(10);
        }
    }

    private Task Note(string line)
    {
        notified.Enqueue(line);
        return Task.CompletedTask;
    }

    private IHost Build(string queue, Action<ICleverTapDestinationBuilder> configure, TimeProvider? clock = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddFakeLogging();
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        ICleverTapDestinationBuilder destination = builder.Services.AddCleverTapDestination(options =>
        {
            (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
            options.RetryBaseDelay = clock is null ? TimeSpan.FromMilliseconds(1) : Delay;
            options.RetryMaxDelay = Delay;
        });
        _ = queue == "memory" ? destination.AddBackgroundDelivery(Set) : destination.AddSqliteOutbox(Path.Combine(folder, "x.db"), Set);
        configure(destination);
        return builder.Build();

        static void Set(BackgroundDeliveryOptions options) =>
            (options.FlushSize, options.ShutdownDeadline, options.HandlerGiveUpAfter) = (1, TimeSpan.FromSeconds(1), 2 * Delay);
    }

    private sealed class Scoped(ConcurrentQueue<string> notified) : IDisposable
    {
        public ConcurrentQueue<string> Notified => notified;

        public void Dispose() => notified.Enqueue("disposed");
    }

    private sealed class Ledger(Scoped scoped) : IOutcomeHandler
    {
        public ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
        {
            scoped.Notified.Enqueue($"ledger {NameOf(rudderEvent)} {outcome.Kind}");
            return default;
        }
    }

    private sealed class Letters(ConcurrentQueue<string> notified) : IOutcomeHandler
    {
        public ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
        {
            notified.Enqueue($"letters {NameOf(rudderEvent)}");
            return default;
        }
    }
}
