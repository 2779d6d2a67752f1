using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>The deletion of a user removes the waiting events that would create the profile again.</summary>
public sealed class UserRemovalTests : UserRemovalFixture
{
    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task DeleteUsers_removes_events_that_wait_in_the_queue(string kind)
    {
        await CreateAsync(kind);
        IHost host = await Session.StartAsync(options => (options.FlushSize, options.FlushInterval) = (1000, Hour));
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync([
            QueueSession.Event(0, "gone"),
            QueueSession.Event(1, "stays"),
            new TrackEvent
            {
                MessageId = "m-2",
                AnonymousId = "gone",
                Event = "2",
            },
            new AliasEvent
            {
                MessageId = "m-3",
                UserId = "stays",
                PreviousId = "gone",
            },
            new TrackEvent
            {
                MessageId = "m-4",
                UserId = "stays",
                AnonymousId = "gone",
                Event = "4",
            },
        ]);

        CleverTapResponse response = await DeleteAsync(host, "gone");

        Assert.That((response.Status, Session.CleverTap.EventCount), Is.EqualTo((ResponseStatus.Success, 0)));
        Assert.That(Session.CleverTap.Deleted, Is.EqualTo(new[] { "gone" }));
        Assert.That(Removed(), Is.EqualTo(new[] { "m-0", "m-2", "m-3" }));
        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(Session.CleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "1", "4" }));
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task DeleteUsers_removes_no_event_when_an_id_is_empty(string kind)
    {
        await CreateAsync(kind);
        IHost host = await Session.StartAsync(options => (options.FlushSize, options.FlushInterval) = (1000, Hour));
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(0, "stays"));

        CleverTapResponse response = await host.Services.GetRequiredService<ICleverTapDestination>().DeleteUsersAsync(["stays", ""]);

        Assert.That((response.Status, response.HttpStatus), Is.EqualTo((ResponseStatus.BadRequest, (int?)null)));
        Assert.That(response.Error, Does.Contain("index 1 is empty"));
        Assert.That(Session.CleverTap.Deleted, Is.Empty);
        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(Session.CleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "0" }));
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task DeleteUsers_removes_events_that_wait_for_a_retry(string kind)
    {
        await CreateAsync(kind);
        Session.CleverTap.Faults = new CleverTapFaults { Unavailable = 1, RetryAfter = Hour };
        IHost host = await Session.StartAsync(configureDelivery: delivery =>
            (delivery.RetryMaxDelay, delivery.MaxRetryAfter) = (Hour, Hour)
        );
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(0, "gone"));
        DeliveryEngine engine = host.Services.GetRequiredKeyedService<CleverTapDestination>("").Engine;
        await Polling.WaitUntilAsync(() => Session.CleverTap.RequestCount == 1 && engine.InFlight == 0, "the first attempt");
        Session.CleverTap.Faults = CleverTapFaults.None;

        await DeleteAsync(host, "gone");

        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(Removed(), Is.EqualTo(new[] { "m-0" }));
        Assert.That(
            (Session.CleverTap.EventCount, Session.CleverTap.RequestCount),
            Is.EqualTo((0, 2)),
            "the upload that failed, and the deletion"
        );
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task DeleteUsers_waits_for_events_in_flight_before_it_asks_CleverTap(string kind)
    {
        await CreateAsync(kind);
        var uploads = new BlockingHandler();
        IHost host = await Session.StartAsync(httpHandler: uploads.Create);
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(0, "gone"));
        await Polling.WaitUntilAsync(() => uploads.BlockedUploads == 1, "the event is in flight");

        Task<CleverTapResponse> deletion = DeleteAsync(host, "gone");
        using var cancellation = new CancellationTokenSource();
        Task<CleverTapResponse> cancelledDeletion = host
            .Services.GetRequiredService<ICleverTapDestination>()
            .DeleteUsersAsync(["gone"], cancellation.Token);
        await cancellation.CancelAsync();
        Assert.That(async () => await cancelledDeletion, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((deletion.IsCompleted, uploads.BlockedUploads), Is.EqualTo((false, 1)));
        uploads.Release();
        await deletion;
        await host.StopAsync();

        Assert.That(Session.Notified.Select(outcome => outcome.Kind), Is.EqualTo(new[] { OutcomeKind.Delivered }));
        Assert.That(
            Session.CleverTap.Requests.Select(request => request.Path),
            Is.EqualTo(new[] { "/1/upload", "/1/delete/profiles.json" })
        );
    }

    [Test]
    public async Task DeleteUsers_logs_without_ids_that_a_topic_keeps_events()
    {
        await CreateAsync(QueueSession.Kafka);
        IHost host = await Session.StartAsync(services: services => services.AddLogging(logging => logging.AddFakeLogging()));

        await DeleteAsync(host, "secret-user");

        FakeLogRecord line = host.Services.GetFakeLogCollector().GetSnapshot().Single(line => line.Id.Id == 37);
        Assert.That(line.Message, Does.StartWith("CleverTap topic 'events': 1 users deleted"));
        Assert.That(line.Message, Does.Not.Contain("secret-user"));
        await host.StopAsync();
    }

    [Test]
    public async Task DeleteUsers_filters_the_events_of_a_call_that_are_not_sent_yet()
    {
        await CreateAsync(QueueSession.Memory);
        var uploads = new BlockingHandler();
        IHost host = await Session.StartAsync(
            configureDelivery: delivery => (delivery.MaxBatchRecords, delivery.MaxInFlight) = (1, 1),
            httpHandler: uploads.Create
        );
        Task<DeliveryReport> call = host
            .Services.GetRequiredService<ICleverTapDestination>()
            .SendAsync([QueueSession.Event(0, "stays"), QueueSession.Event(1, "gone")]);
        await Polling.WaitUntilAsync(() => uploads.BlockedUploads == 1, "the first is in flight");

        Task<CleverTapResponse> deletion = DeleteAsync(host, "gone");
        uploads.Release();
        await deletion;

        Assert.That(
            (await call).Select(outcome => outcome.FilterReason),
            Is.EqualTo(new FilterReason?[] { null, FilterReason.UserDeleted })
        );
        await host.StopAsync();
    }
}
