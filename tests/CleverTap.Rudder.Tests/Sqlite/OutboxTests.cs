using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Sqlite;

public sealed class OutboxTests : OutboxFixture
{
    [Test]
    public async Task Flush_waits_until_enqueued_events_are_delivered_in_order()
    {
        IHost host = await Outbox.StartAsync();
        for (int i = 0; i < 500; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i) with { UserId = "u" });
        }

        Assert.That(await host.Queue().FlushAsync(), Is.True);

        Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(Enumerable.Range(0, 500).Select(i => $"{i}")));
        Assert.That(Outbox.Notified.Select(notified => notified.Outcome.Kind), Is.All.EqualTo(OutcomeKind.Delivered));
        await host.StopAsync();
        host.Dispose();
        Assert.That(Outbox.Query("SELECT count(*) FROM event"), Is.Zero);
    }

    [Test]
    public async Task Concurrent_enqueues_keep_the_order_of_the_calls()
    {
        IHost host = await Outbox.StartAsync(options => options.Capacity = 50);

        await Task.WhenAll(
            Enumerable.Range(0, 2_000).Select(i => host.Queue().EnqueueAsync(OutboxHost.Event(i) with { UserId = "u" }).AsTask()).ToArray()
        );
        await host.Queue().FlushAsync();

        Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(Enumerable.Range(0, 2_000).Select(i => $"{i}")));
    }

    [Test]
    public async Task Next_host_delivers_events_that_were_pending_when_the_host_stopped()
    {
        await Outbox.EnqueueWithoutDeliveryAsync([.. Enumerable.Range(0, 100).Select(i => OutboxHost.Event(i) with { UserId = "u" })]);
        Assert.That(Outbox.Query("SELECT count(*) FROM event"), Is.EqualTo(100));
        Assert.That(Outbox.Notified, Is.Empty);

        IHost next = await Outbox.StartAsync();
        await next.Queue().FlushAsync();

        Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(Enumerable.Range(0, 100).Select(i => $"{i}")));
    }

    [Test]
    public async Task Outbox_stores_the_JSON_of_an_event_unchanged()
    {
        var sent = (IdentifyEvent)
            RudderEvent.Parse(
                """{"type":"identify","userId":12345678901234567890,"anonymousId":"\u00e9\ud83d\ude00","messageId":"m","traits":{"email":"a@b.c","n":1.50,"big":1e400},"context":{"traits":{"x":null}},"integrations":{"All":true},"originalTimestamp":"2024-01-01T00:00:00.1234567Z"}"""
            );

        await Outbox.EnqueueWithoutDeliveryAsync(sent);

        Assert.That(Outbox.Query("SELECT CAST(json AS TEXT) FROM event"), Is.EqualTo(sent.ToJson()));
    }

    [Test]
    public async Task Enqueue_works_before_the_start_and_after_the_stop_and_throws_after_disposal()
    {
        IHost host = await Outbox.StartAsync(start: false);
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        await host.StartAsync();
        await host.Queue().FlushAsync();
        await host.StopAsync();

        Assert.That(await host.Queue().EnqueueAsync(OutboxHost.Event(1)), Is.True);

        host.Dispose();
        Assert.That(Outbox.CleverTap.EventCount, Is.EqualTo(1));
        Assert.That(Outbox.Query("SELECT count(*) FROM event"), Is.EqualTo(1));
        Assert.That(async () => await host.Queue().EnqueueAsync(OutboxHost.Event(2)), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Stop_delivers_pending_events_before_the_deadline()
    {
        IHost host = await Outbox.StartAsync(options => options.FlushInterval = TimeSpan.FromHours(1));
        for (int i = 0; i < 50; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i));
        }

        await host.StopAsync();

        Assert.That(Outbox.CleverTap.EventCount, Is.EqualTo(50));
    }

    [Test]
    public async Task Outbox_loses_no_event_and_notifies_each_outcome_once_when_CleverTap_fails()
    {
        Outbox.CleverTap.Faults = new CleverTapFaults
        {
            Seed = 5,
            ServerError = 0.3,
            TooManyRequests = 0.1,
            DroppedBefore = 0.1,
            RetryAfter = TimeSpan.Zero,
        };
        IHost host = await Outbox.StartAsync(
            options => options.GiveUpAfter = TimeSpan.FromMinutes(1),
            options => (options.MaxBatchRecords, options.MaxAttempts) = (20, 2)
        );
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => host.Queue().EnqueueAsync(OutboxHost.Event(i)).AsTask()).ToArray());

        await host.Queue().FlushAsync();

        Assert.That(
            Outbox.Notified.Select(notified => notified.Event.MessageId),
            Is.EquivalentTo(Enumerable.Range(0, 1_000).Select(i => $"m-{i}"))
        );
        foreach (
            IGrouping<string?, int> user in Outbox.CleverTap.Events.GroupBy(
                e => e.Identity,
                e => int.Parse(e.Name, System.Globalization.CultureInfo.InvariantCulture)
            )
        )
        {
            Assert.That(user.Distinct(), Is.Ordered, user.Key);
        }
    }

    [Test]
    public async Task Refused_credentials_pause_the_delivery_and_keep_the_events()
    {
        var clock = new TestClock();
        IHost host = await Outbox.StartAsync(options => options.FlushSize = 1, delivery => delivery.Passcode = "old", clock);
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        await clock.WaitOf(TimeSpan.FromMinutes(1));

        Assert.That(Outbox.CleverTap.Requests.Single().StatusCode, Is.EqualTo(401));
        Assert.That(Outbox.Notified, Is.Empty);
    }

    [Test]
    public async Task Named_destinations_have_separate_outboxes()
    {
        await using CleverTapEmulator india = await CleverTapEmulator.StartAsync();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        foreach ((string name, CleverTapEmulator to) in new[] { ("europe", Outbox.CleverTap), ("india", india) })
        {
            builder
                .Services.AddCleverTapDestination(
                    name,
                    options => (options.AccountId, options.Passcode, options.Endpoint) = (to.AccountId, to.Passcode, to.Endpoint)
                )
                .AddSqliteOutbox(
                    Path.Combine(Outbox.Folder, $"{name}.db"),
                    options => options.FlushInterval = TimeSpan.FromMilliseconds(1)
                );
        }

        using IHost host = builder.Build();
        await host.StartAsync();
        await host
            .Services.GetRequiredKeyedService<ICleverTapQueue>("india")
            .EnqueueAsync(new TrackEvent { UserId = "u", Event = "App Launched" });
        await host.Services.GetRequiredKeyedService<ICleverTapQueue>("europe").EnqueueAsync(OutboxHost.Event(0));
        await host.StopAsync();

        Assert.That((Outbox.CleverTap.EventCount, india.RejectedCount), Is.EqualTo((1, 1)));
        Assert.That(await host.Services.GetRequiredKeyedService<IDeadLetters>("india").CountAsync(), Is.EqualTo(1));
        Assert.That(await host.Services.GetRequiredKeyedService<IDeadLetters>("europe").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Disposal_without_a_stop_keeps_the_events()
    {
        IHost host = await Outbox.StartAsync(configureDelivery: delivery => delivery.Endpoint = OutboxHost.Unreachable);
        for (int i = 0; i < 10; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i));
        }

        host.Dispose();

        Assert.That(Outbox.Query("SELECT count(*) FROM event"), Is.EqualTo(10));
        Assert.That(Outbox.Notified, Is.Empty);
    }

    [Test]
    public async Task Events_stay_in_the_file_until_the_handlers_have_returned()
    {
        string crashed = Path.Combine(Outbox.Folder, "crashed.db");
        IHost host = await Outbox.StartAsync(
            options => options.FlushInterval = TimeSpan.FromHours(1),
            handler: (_, _) =>
            {
                // A copy of the file is what a process leaves that dies at this moment.
                foreach (string end in new[] { "", "-wal" })
                {
                    File.Copy(Outbox.Database + end, crashed + end, overwrite: true);
                }

                return Task.CompletedTask;
            }
        );
        for (int i = 0; i < 5; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i));
        }

        await host.Queue().FlushAsync();

        Assert.That(Outbox.CleverTap.EventCount, Is.EqualTo(5));
        Assert.That(
            Outbox.Query("SELECT count(*) FROM event", crashed),
            Is.EqualTo(5),
            "the next host delivers the events and calls the handlers again"
        );
    }

    [Test]
    public async Task Flush_returns_false_when_the_host_stops_first()
    {
        IHost host = await Outbox.StartAsync(
            options => options.ShutdownDeadline = TimeSpan.Zero,
            delivery => delivery.Endpoint = OutboxHost.Unreachable
        );
        ICleverTapQueue queue = host.Queue();
        await queue.EnqueueAsync(OutboxHost.Event(0));
        Task<bool> flush = queue.FlushAsync();

        await host.StopAsync();

        Assert.That(await flush, Is.False);
        Assert.That(await queue.FlushAsync(), Is.False);
        host.Dispose();
        Assert.That(await queue.FlushAsync(), Is.False);
    }

    [Test]
    public async Task Flush_includes_events_of_an_earlier_host()
    {
        await Outbox.EnqueueWithoutDeliveryAsync([.. Enumerable.Range(0, 50).Select(OutboxHost.Event)]);
        IHost host = await Outbox.StartAsync(options => options.FlushInterval = TimeSpan.FromHours(1));

        Assert.That((await host.Queue().FlushAsync(), Outbox.CleverTap.EventCount), Is.EqualTo((true, 50)));
    }

    [Test]
    public async Task Flush_includes_events_that_are_being_written()
    {
        IHost host = await Outbox.StartAsync();
        for (int round = 1; round <= 10; round++)
        {
            Task<bool>[] writes = [.. Enumerable.Range(0, 250).Select(i => host.Queue().EnqueueAsync(OutboxHost.Event(i)).AsTask())];

            Assert.That(await host.Queue().FlushAsync(), Is.True);

            Assert.That(Outbox.CleverTap.EventCount, Is.EqualTo(250 * round));
            await Task.WhenAll(writes);
        }
    }

    [Test]
    public async Task Stop_ends_when_the_shutdown_token_fires_while_a_handler_blocks()
    {
        using var never = new ManualResetEventSlim();
        IHost host = await Outbox.StartAsync(
            handler: (_, _) =>
            {
                never.Wait();
                return Task.CompletedTask;
            }
        );
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        using var shutdown = new CancellationTokenSource();

        Task stopping = host.StopAsync(shutdown.Token);
        await shutdown.CancelAsync();
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.That(stopping.IsCompleted);
        never.Set();
    }

    [Test]
    public async Task Flush_returns_false_when_it_is_canceled()
    {
        IHost host = await Outbox.StartAsync(start: false);
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));

        Assert.That(await host.Queue().FlushAsync(new CancellationToken(canceled: true)), Is.False);
    }
}
