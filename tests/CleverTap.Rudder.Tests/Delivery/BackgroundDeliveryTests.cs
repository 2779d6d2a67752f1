using System.Collections.Concurrent;
using System.Globalization;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class BackgroundDeliveryTests
{
    private readonly ConcurrentQueue<(RudderEvent Event, EventOutcome Outcome)> deadLetters = new();
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task StartCleverTap()
    {
        deadLetters.Clear();
        cleverTap = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task StopCleverTap() => await cleverTap.DisposeAsync();

    [Test]
    public async Task Enqueued_events_are_delivered_in_order_and_flush_waits_for_them()
    {
        using IHost host = await StartAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int i = 0; i < 500; i++)
        {
            await queue.EnqueueAsync(Event(i));
        }

        Assert.That(await queue.FlushAsync(), Is.True);

        Assert.That(cleverTap.Events.Select(e => e.Name), Is.EqualTo(Enumerable.Range(0, 500).Select(i => $"{i}")));
    }

    [Test]
    public async Task A_flush_of_nothing_is_done_at_once()
    {
        using IHost host = await StartAsync();

        Assert.That(await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync(), Is.True);
    }

    [Test]
    public async Task Stopping_in_the_middle_of_ten_thousand_events_delivers_or_hands_over_each()
    {
        cleverTap.Faults = new CleverTapFaults
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

        HashSet<string> stored = [.. cleverTap.Events.Select(e => e.Name)];
        HashSet<string> handedOver = [.. deadLetters.Select(letter => ((TrackEvent)letter.Event).Event!)];
        int lost = deadLetters.Count(letter =>
            letter.Outcome.UndeliveredReason is UndeliveredReason.NoResponse or UndeliveredReason.Cancelled or UndeliveredReason.Stopped
            && stored.Contains(((TrackEvent)letter.Event).Event!)
        );
        await TestContext.Out.WriteLineAsync($"{stored.Count} stored, {handedOver.Count} handed over, {lost} both (their response was lost)");
        Assert.That(deadLetters, Has.Count.EqualTo(handedOver.Count), "nothing is handed over twice");
        Assert.That(stored.Union(handedOver).Count(), Is.EqualTo(10_000));
        Assert.That(stored.Count + handedOver.Count - lost, Is.EqualTo(10_000));
        Assert.That(stored, Is.Not.Empty);
        Assert.That(await queue.EnqueueAsync(Event(0)), Is.False);
        Assert.That(deadLetters.Last().Outcome.UndeliveredReason, Is.EqualTo(UndeliveredReason.Stopped));
    }

    [Test]
    public async Task Stopping_drains_the_queue_where_there_is_time()
    {
        using IHost host = await StartAsync(configureQueue: queue => queue.FlushInterval = TimeSpan.FromHours(1));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int i = 0; i < 50; i++)
        {
            await queue.EnqueueAsync(Event(i));
        }

        await host.StopAsync();

        Assert.That((cleverTap.EventCount, deadLetters.Count), Is.EqualTo((50, 0)));
    }

    [Test]
    public async Task Rejected_and_invalid_events_go_to_the_dead_letter_callback_with_their_outcome()
    {
        using IHost host = await StartAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(new TrackEvent { UserId = "u", Event = "App Launched" });
        await queue.EnqueueAsync(new TrackEvent { UserId = "u" });
        await queue.EnqueueAsync(Event(1));

        await queue.FlushAsync();

        Assert.That(
            deadLetters.Select(letter => letter.Outcome.Kind),
            Is.EquivalentTo(new[] { OutcomeKind.Rejected, OutcomeKind.Invalid })
        );
        Assert.That(cleverTap.EventCount, Is.EqualTo(1));
    }

    [Test]
    public async Task An_outcome_handler_is_told_of_every_event_once()
    {
        cleverTap.Faults = new CleverTapFaults { Seed = 3, ServerError = 0.5 };
        ConcurrentQueue<string> told = new();
        using IHost host = await StartAsync(
            options => (options.MaxAttempts, options.MaxBatchRecords) = (1, 1),
            queue => (queue.RetryInterval, queue.GiveUpAfter) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
            settled: (e, outcome) =>
            {
                told.Enqueue($"{((TrackEvent)e).Event} {outcome.Kind}");
                return Task.CompletedTask;
            }
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        for (int i = 0; i < 20; i++)
        {
            await queue.EnqueueAsync(Event(i));
        }

        await queue.EnqueueAsync(new TrackEvent { UserId = "u" });

        await queue.FlushAsync();

        Assert.That(told, Is.EquivalentTo(Enumerable.Range(0, 20).Select(i => $"{i} Delivered").Append(" Invalid")));
    }

    [Test]
    public void A_destination_has_one_background_queue()
    {
        ICleverTapDestinationBuilder destination = new ServiceCollection()
            .AddCleverTapDestination("india", _ => { })
            .AddBackgroundDelivery();

        Assert.That(() => destination.AddBackgroundDelivery(), Throws.InvalidOperationException.With.Message.Contains("'india'"));
    }

    [Test]
    public async Task A_full_queue_drops_the_newest_where_it_may_and_says_so()
    {
        using IHost host = await StartAsync(
            configureQueue: queue =>
                (queue.Capacity, queue.WhenFull, queue.FlushInterval) = (3, QueueFullMode.DropNewest, TimeSpan.FromHours(1)),
            start: false
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();

        bool[] taken =
        [
            await queue.EnqueueAsync(Event(0)),
            await queue.EnqueueAsync(Event(1)),
            await queue.EnqueueAsync(Event(2)),
            await queue.EnqueueAsync(Event(3)),
        ];

        Assert.That(taken, Is.EqualTo(new[] { true, true, true, false }));
        Assert.That(deadLetters.Single().Outcome.UndeliveredReason, Is.EqualTo(UndeliveredReason.QueueFull));
    }

    [Test]
    public async Task A_full_queue_makes_the_producer_wait()
    {
        using IHost host = await StartAsync(configureQueue: queue => queue.Capacity = 1, start: false);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(Event(0));
        ValueTask<bool> second = queue.EnqueueAsync(Event(1));
        Assert.That(second.IsCompleted, Is.False);

        await host.StartAsync();

        Assert.That(await second, Is.True);
        await queue.FlushAsync();
        Assert.That(cleverTap.EventCount, Is.EqualTo(2));
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
        Assert.That(cleverTap.Requests.Single().StatusCode, Is.EqualTo(401));

        host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<CleverTapOptions>>().Get("").Passcode =
            cleverTap.Passcode;
        clock.Advance(TimeSpan.FromMinutes(1));
        await queue.FlushAsync();

        Assert.That((cleverTap.EventCount, deadLetters.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Nothing_ends_the_worker()
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
        Assert.That((calls, cleverTap.EventCount), Is.EqualTo((3, 1)), "the first event is handed over again");
    }

    [Test]
    public async Task An_upload_rejected_for_good_goes_to_the_dead_letter_callback_and_is_not_tried_for_ever()
    {
        using IHost host = await StartAsync(options => options.Endpoint = new Uri(cleverTap.Endpoint, "nowhere/"));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(Event(0));

        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(
            (deadLetters.Single().Outcome.UndeliveredReason, deadLetters.Single().Outcome.Code),
            Is.EqualTo((UndeliveredReason.BadRequest, 404))
        );
    }

    [Test]
    public async Task A_callback_that_never_returns_does_not_outlast_the_hosts_patience()
    {
        using IHost host = await StartAsync(deadLetter: (_, _) => new TaskCompletionSource().Task);
        await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(new TrackEvent { UserId = "u" });
        using var patience = new CancellationTokenSource();

        Task stopping = host.StopAsync(patience.Token);
        await patience.CancelAsync();
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.That(stopping.IsCompleted);
    }

    [Test]
    public async Task A_flush_can_be_given_up()
    {
        using IHost host = await StartAsync(start: false);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(Event(0));

        Assert.That(await queue.FlushAsync(new CancellationToken(canceled: true)), Is.False);
    }

    [TestCase("Capacity must be positive, not 0")]
    [TestCase("FlushInterval must be 0 to 24 days")]
    public async Task Wrong_options_are_found_when_the_host_starts(string error)
    {
        Assert.That(
            async () => await StartAsync(configureQueue: queue => (queue.Capacity, queue.FlushInterval) = (0, TimeSpan.FromSeconds(-1))),
            Throws.TypeOf<Microsoft.Extensions.Options.OptionsValidationException>().With.Message.Contains(error)
        );
        await Task.CompletedTask;
    }

    private async Task<IHost> StartAsync(
        Action<CleverTapOptions>? configure = null,
        Action<BackgroundDeliveryOptions>? configureQueue = null,
        OutcomeHandler? deadLetter = null,
        OutcomeHandler? settled = null,
        TimeProvider? clock = null,
        Action<IServiceCollection>? configureServices = null,
        bool start = true
    )
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        ICleverTapDestinationBuilder destination = builder
            .Services.AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint, options.RetryBaseDelay) = (
                    cleverTap.AccountId,
                    cleverTap.Passcode,
                    cleverTap.Endpoint,
                    TimeSpan.FromMilliseconds(1)
                );
                options.CredentialsCheck = CredentialsCheckMode.Off;
                configure?.Invoke(options);
            })
            .AddBackgroundDelivery(
                options =>
                {
                    options.FlushInterval = TimeSpan.FromMilliseconds(1);
                    configureQueue?.Invoke(options);
                },
                deadLetter
                    ?? (
                        (letter, outcome) =>
                        {
                            deadLetters.Enqueue((letter, outcome));
                            return Task.CompletedTask;
                        }
                    )
            );
        if (settled is not null)
        {
            destination.AddOutcomeHandler(settled);
        }

        configureServices?.Invoke(builder.Services);
        IHost host = builder.Build();
        if (start)
        {
            await host.StartAsync();
        }

        return host;
    }

    private static TrackEvent Event(int number) =>
        new() { UserId = $"u{number % 7}", Event = number.ToString(CultureInfo.InvariantCulture) };
}
