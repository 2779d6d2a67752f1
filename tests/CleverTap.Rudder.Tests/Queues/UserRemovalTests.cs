using CleverTap.Rudder.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>A user who is deleted at CleverTap leaves nothing in the queue that would bring him back, nor any trace.</summary>
public sealed class UserRemovalTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private QueueSession session = null!;

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task DeleteUsers_removes_events_that_wait_in_the_queue(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        IHost host = await session.StartAsync(options => (options.FlushSize, options.FlushInterval) = (1000, Hour));
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
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

        Assert.That((response.Status, session.CleverTap.EventCount), Is.EqualTo((ResponseStatus.Success, 0)));
        Assert.That(session.CleverTap.Deleted, Is.EqualTo(new[] { "gone" }));
        Assert.That(Removed(), Is.EqualTo(new[] { "m-0", "m-2", "m-3" }));
        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(session.CleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "1", "4" }));
        await host.StopAsync();
    }

    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    [TestCase(QueueSession.Kafka)]
    public async Task DeleteUsers_removes_events_that_wait_for_a_retry(string kind)
    {
        session = await QueueSession.CreateAsync(kind);
        session.CleverTap.Faults = new CleverTapFaults { Unavailable = 1, RetryAfter = Hour };
        IHost host = await session.StartAsync(configureDelivery: delivery =>
            (delivery.RetryMaxDelay, delivery.MaxRetryAfter) = (Hour, Hour)
        );
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(QueueSession.Event(0, "gone"));
        DeliveryEngine engine = host.Services.GetRequiredKeyedService<CleverTapDestination>("").Engine;
        await QueueSession.Until(() => session.CleverTap.RequestCount == 1 && engine.InFlight == 0, "the first attempt");
        session.CleverTap.Faults = CleverTapFaults.None;

        await DeleteAsync(host, "gone");

        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(Removed(), Is.EqualTo(new[] { "m-0" }));
        Assert.That(
            (session.CleverTap.EventCount, session.CleverTap.RequestCount),
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
        session = await QueueSession.CreateAsync(kind);
        var held = new BlockingHandler();
        IHost host = await session.StartAsync(httpHandler: held.Create);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(QueueSession.Event(0, "gone"));
        await QueueSession.Until(() => held.BlockedUploads == 1, "the event is in flight");

        Task<CleverTapResponse> deletion = DeleteAsync(host, "gone");
        using var patience = new CancellationTokenSource();
        Task<CleverTapResponse> impatient = host
            .Services.GetRequiredService<ICleverTapDestination>()
            .DeleteUsersAsync(["gone"], patience.Token);
        await patience.CancelAsync();
        Assert.That(async () => await impatient, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((deletion.IsCompleted, held.BlockedUploads), Is.EqualTo((false, 1)));
        held.Release();
        await deletion;

        Assert.That(session.Notified.Select(outcome => outcome.Kind), Is.EqualTo(new[] { OutcomeKind.Delivered }));
        Assert.That(
            session.CleverTap.Requests.Select(request => request.Path),
            Is.EqualTo(new[] { "/1/upload", "/1/delete/profiles.json" })
        );
        await host.StopAsync();
    }

    [Test]
    public async Task DeleteUsers_does_not_send_an_event_again_that_fails_in_flight()
    {
        session = await QueueSession.CreateAsync(QueueSession.Disk);
        session.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        var held = new BlockingHandler();
        IHost host = await session.StartAsync(httpHandler: held.Create);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(QueueSession.Event(0, "gone"));
        await QueueSession.Until(() => held.BlockedUploads == 1, "the event is in flight");
        Task<CleverTapResponse> deletion = DeleteAsync(host, "gone");
        Task<CleverTapResponse> second = DeleteAsync(host, "gone");

        held.Release();
        await Task.WhenAll(deletion, second);

        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(Removed(), Is.EqualTo(new[] { "m-0" }));
        await host.StopAsync();
        host.Dispose();
        Assert.That(Query("SELECT count(*) FROM event"), Is.Zero);
    }

    [Test]
    public async Task DeleteUsers_removes_dead_letters_and_every_trace_from_the_files_of_an_outbox()
    {
        session = await QueueSession.CreateAsync(QueueSession.Disk);
        IHost host = await session.StartAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync([
            new TrackEvent { UserId = "secret-user", Event = "App Launched" },
            new TrackEvent { UserId = "stays", Event = "App Launched" },
            .. Enumerable.Range(0, 50).Select(number => QueueSession.Event(number, "secret-user")),
        ]);
        await queue.FlushAsync();
        Assert.That(FilesHold("secret-user"), Is.True, "the dead letter");

        await DeleteAsync(host, "secret-user");

        Assert.That(FilesHold("secret-user"), Is.False);
        Assert.That(FilesHold("stays"), Is.True);
        Assert.That((await host.Services.GetRequiredService<IDeadLetters>().ListAsync()).Single().Json, Does.Contain("stays"));
        await host.StopAsync();
    }

    [Test]
    public async Task DeleteUsers_removes_a_dead_letter_that_cannot_be_read_when_it_holds_the_id()
    {
        session = await QueueSession.CreateAsync(QueueSession.Disk);
        IHost host = await session.StartAsync();
        await host
            .Services.GetRequiredService<ICleverTapQueue>()
            .EnqueueAsync([
                new TrackEvent { UserId = "a", Event = "App Launched" },
                new TrackEvent { UserId = "b", Event = "App Launched" },
            ]);
        await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();
        await host.StopAsync();
        host.Dispose();
        Query("""UPDATE dead_letter SET json = CAST('{"userId":"gone", broken' || id AS BLOB)""");
        Query("""UPDATE dead_letter SET json = CAST('{"userId":"gone-too", broken' AS BLOB) WHERE id = 2""");

        IHost next = await session.StartAsync();
        await DeleteAsync(next, "gone");

        Assert.That((await next.Services.GetRequiredService<IDeadLetters>().ListAsync()).Single().Id, Is.EqualTo("2"));
        await next.StopAsync();
    }

    [Test]
    public async Task DeleteUsers_removes_events_from_the_file_of_a_host_that_is_not_started_or_has_stopped()
    {
        session = await QueueSession.CreateAsync(QueueSession.Disk);
        IHost idle = await session.StartAsync(start: false);
        await idle
            .Services.GetRequiredService<ICleverTapQueue>()
            .EnqueueAsync([QueueSession.Event(0, "gone"), QueueSession.Event(1, "stays")]);
        await DeleteAsync(idle, "gone");
        idle.Dispose();
        Assert.That(Query("SELECT count(*) FROM event"), Is.EqualTo(1));

        IHost host = await session.StartAsync(configureDelivery: delivery => delivery.Passcode = "wrong");
        await QueueSession.Until(() => session.CleverTap.Requests.Any(request => request.StatusCode == 401), "the credentials are refused");
        await host.StopAsync();
        await host.Services.GetRequiredService<ICleverTapDestination>().DeleteUsersAsync(["stays"]);
        host.Dispose();
        Assert.That(Query("SELECT count(*) FROM event"), Is.Zero);
    }

    [Test]
    public async Task DeleteUsers_says_in_a_log_without_ids_what_a_topic_keeps()
    {
        session = await QueueSession.CreateAsync(QueueSession.Kafka);
        IHost host = await session.StartAsync(services: services => services.AddLogging(logging => logging.AddFakeLogging()));

        await DeleteAsync(host, "secret-user");

        FakeLogRecord line = host.Services.GetFakeLogCollector().GetSnapshot().Single(line => line.Id.Id == 37);
        Assert.That(line.Message, Does.StartWith("CleverTap topic 'events': 1 users are deleted"));
        Assert.That(line.Message, Does.Not.Contain("secret-user"));
        await host.StopAsync();
    }

    [Test]
    public async Task DeleteUsers_filters_the_events_of_a_call_that_are_not_sent_yet()
    {
        session = await QueueSession.CreateAsync(QueueSession.Memory);
        var held = new BlockingHandler();
        IHost host = await session.StartAsync(
            configureDelivery: delivery => (delivery.MaxBatchRecords, delivery.MaxInFlight) = (1, 1),
            httpHandler: held.Create
        );
        Task<DeliveryReport> call = host
            .Services.GetRequiredService<ICleverTapDestination>()
            .SendAsync([QueueSession.Event(0, "stays"), QueueSession.Event(1, "gone")]);
        await QueueSession.Until(() => held.BlockedUploads == 1, "the first is in flight");

        Task<CleverTapResponse> deletion = DeleteAsync(host, "gone");
        held.Release();
        await deletion;

        Assert.That(
            (await call).Select(outcome => outcome.FilterReason),
            Is.EqualTo(new FilterReason?[] { null, FilterReason.UserDeleted })
        );
        await host.StopAsync();
    }

    [Test]
    public async Task The_files_of_an_outbox_are_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        session = await QueueSession.CreateAsync(QueueSession.Disk);
        IHost host = await session.StartAsync();
        await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(QueueSession.Event(0));

        string[] files = Directory.GetFiles(session.Folder);
        Assert.That(files.Select(Path.GetFileName), Is.SupersetOf(new[] { "outbox.db", "outbox.db-wal" }));
        Assert.That(files.Select(File.GetUnixFileMode), Has.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await host.StopAsync();
    }

    [Test]
    public async Task An_outbox_overwrites_what_it_deletes()
    {
        session = await QueueSession.CreateAsync(QueueSession.Disk);
        IHost host = await session.StartAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(Enumerable.Range(0, 50).Select(number => QueueSession.Event(number, "secret-user")));
        await queue.FlushAsync();

        // Closing the file empties the log.
        await host.StopAsync();
        host.Dispose();

        Assert.That(FilesHold("secret-user"), Is.False);
    }

    private static Task<CleverTapResponse> DeleteAsync(IHost host, string user) =>
        host.Services.GetRequiredService<ICleverTapDestination>().DeleteUsersAsync([user]);

    private IEnumerable<string?> Removed() =>
        session.Notified.Where(outcome => outcome.FilterReason == FilterReason.UserDeleted).Select(outcome => outcome.MessageId);

    private bool FilesHold(string text) =>
        Directory
            .GetFiles(session.Folder)
            .Any(file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                return copy.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
            });

    private object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={session.Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
