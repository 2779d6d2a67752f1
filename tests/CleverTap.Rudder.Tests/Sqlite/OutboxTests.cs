using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Sqlite;

public sealed class OutboxTests : OutboxFixture
{
    [Test]
    public async Task Enqueued_events_are_delivered_in_order_and_flush_waits_for_them()
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
    public async Task Events_that_are_enqueued_side_by_side_keep_the_order_of_the_calls()
    {
        IHost host = await Outbox.StartAsync(options => options.Capacity = 50);

        await Task.WhenAll(
            Enumerable.Range(0, 2_000).Select(i => host.Queue().EnqueueAsync(OutboxHost.Event(i) with { UserId = "u" }).AsTask()).ToArray()
        );
        await host.Queue().FlushAsync();

        Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(Enumerable.Range(0, 2_000).Select(i => $"{i}")));
    }

    [Test]
    public async Task What_is_left_when_the_host_stops_is_delivered_by_the_next()
    {
        await Outbox.EnqueueWithoutDeliveryAsync([.. Enumerable.Range(0, 100).Select(i => OutboxHost.Event(i) with { UserId = "u" })]);
        Assert.That(Outbox.Query("SELECT count(*) FROM event"), Is.EqualTo(100));
        Assert.That(Outbox.Notified, Is.Empty);

        IHost next = await Outbox.StartAsync();
        await next.Queue().FlushAsync();

        Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(Enumerable.Range(0, 100).Select(i => $"{i}")));
    }

    [Test]
    public async Task An_event_comes_out_as_it_went_in()
    {
        var sent = (IdentifyEvent)
            RudderEvent.Parse(
                """{"type":"identify","userId":12345678901234567890,"anonymousId":"\u00e9\ud83d\ude00","messageId":"m","traits":{"email":"a@b.c","n":1.50,"big":1e400},"context":{"traits":{"x":null}},"integrations":{"All":true},"originalTimestamp":"2024-01-01T00:00:00.1234567Z"}"""
            );

        await Outbox.EnqueueWithoutDeliveryAsync(sent);

        Assert.That(Outbox.Query("SELECT CAST(json AS TEXT) FROM event"), Is.EqualTo(sent.ToJson()));
    }

    [Test]
    public async Task Events_may_be_enqueued_before_the_host_starts_and_while_it_stops()
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
    public async Task Stopping_delivers_what_there_is_time_for()
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
    public async Task Faults_of_CleverTap_lose_nothing_and_each_outcome_is_notified_once()
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
    public async Task Refused_credentials_pause_delivery_and_keep_the_events()
    {
        var clock = new TestClock();
        IHost host = await Outbox.StartAsync(options => options.FlushSize = 1, delivery => delivery.Passcode = "old", clock);
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        await clock.WaitOf(TimeSpan.FromMinutes(1));

        Assert.That(Outbox.CleverTap.Requests.Single().StatusCode, Is.EqualTo(401));
        Assert.That(Outbox.Notified, Is.Empty);
    }

    [Test]
    public async Task Named_destinations_have_an_outbox_each()
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
    public async Task Disposing_a_host_that_was_not_stopped_keeps_its_events()
    {
        IHost host = await Outbox.StartAsync(configureDelivery: delivery => delivery.Endpoint = new Uri("http://127.0.0.1:1"));
        for (int i = 0; i < 10; i++)
        {
            await host.Queue().EnqueueAsync(OutboxHost.Event(i));
        }

        host.Dispose();

        Assert.That(Outbox.Query("SELECT count(*) FROM event"), Is.EqualTo(10));
        Assert.That(Outbox.Notified, Is.Empty);
    }

    [Test]
    public async Task A_crash_before_the_handlers_are_notified_leaves_the_events_in_the_file()
    {
        string crashed = Path.Combine(Outbox.Folder, "crashed.db");
        IHost host = await Outbox.StartAsync(
            options => options.FlushInterval = TimeSpan.FromHours(1),
            handler: (_, _) =>
            {
                // What a process that dies at this moment leaves behind.
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
            "they are delivered, and their handlers notified, again"
        );
    }

    [Test]
    public async Task A_flush_ends_with_the_host_and_says_that_not_all_was_delivered()
    {
        IHost host = await Outbox.StartAsync(
            options => options.ShutdownDeadline = TimeSpan.Zero,
            delivery => delivery.Endpoint = new Uri("http://127.0.0.1:1")
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
    public async Task A_flush_counts_what_was_there_before()
    {
        await Outbox.EnqueueWithoutDeliveryAsync([.. Enumerable.Range(0, 50).Select(OutboxHost.Event)]);
        IHost host = await Outbox.StartAsync(options => options.FlushInterval = TimeSpan.FromHours(1));

        Assert.That((await host.Queue().FlushAsync(), Outbox.CleverTap.EventCount), Is.EqualTo((true, 50)));
    }

    [Test]
    public async Task A_flush_covers_events_that_are_on_their_way_to_the_disk()
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
    public async Task A_handler_that_blocks_does_not_outlast_the_hosts_patience()
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
        using var patience = new CancellationTokenSource();

        Task stopping = host.StopAsync(patience.Token);
        await patience.CancelAsync();
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.That(stopping.IsCompleted);
        never.Set();
    }

    [Test]
    public async Task A_flush_can_be_given_up()
    {
        IHost host = await Outbox.StartAsync(start: false);
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));

        Assert.That(await host.Queue().FlushAsync(new CancellationToken(canceled: true)), Is.False);
    }
}
