using CleverTap.Rudder.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>The deletion of a user leaves no data of the user in the files of an outbox.</summary>
public sealed class OutboxUserRemovalTests : UserRemovalFixture
{
    [Test]
    public async Task DeleteUsers_removes_dead_letters_and_every_trace_from_the_files_of_an_outbox()
    {
        await CreateAsync(QueueSession.Disk);
        IHost host = await Session.StartAsync();
        ICleverTapQueue queue = QueueOf(host);
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
        await CreateAsync(QueueSession.Disk);
        IHost host = await Session.StartAsync();
        await host
            .Services.GetRequiredService<ICleverTapQueue>()
            .EnqueueAsync([
                new TrackEvent { UserId = "a", Event = "App Launched" },
                new TrackEvent { UserId = "b", Event = "App Launched" },
            ]);
        await QueueOf(host).FlushAsync();
        await host.StopAsync();
        host.Dispose();
        Query("""UPDATE dead_letter SET json = CAST('{"userId":"gone", broken' || id AS BLOB)""");
        Query("""UPDATE dead_letter SET json = CAST('{"userId":"gone-too", broken' AS BLOB) WHERE id = 2""");

        IHost next = await Session.StartAsync();
        await DeleteAsync(next, "gone");

        Assert.That((await next.Services.GetRequiredService<IDeadLetters>().ListAsync()).Single().Id, Is.EqualTo("2"));
        await next.StopAsync();
    }

    [Test]
    public async Task DeleteUsers_removes_events_from_the_file_of_a_host_that_is_not_started_or_has_stopped()
    {
        await CreateAsync(QueueSession.Disk);
        IHost idle = await Session.StartAsync(start: false);
        await idle
            .Services.GetRequiredService<ICleverTapQueue>()
            .EnqueueAsync([QueueSession.Event(0, "gone"), QueueSession.Event(1, "stays")]);
        await DeleteAsync(idle, "gone");
        idle.Dispose();
        Assert.That(Query("SELECT count(*) FROM event"), Is.EqualTo(1));

        IHost host = await Session.StartAsync(configureDelivery: delivery => delivery.Passcode = "wrong");
        await Polling.WaitUntilAsync(
            () => Session.CleverTap.Requests.Any(request => request.StatusCode == 401),
            "the credentials are refused"
        );
        await host.StopAsync();
        await host.Services.GetRequiredService<ICleverTapDestination>().DeleteUsersAsync(["stays"]);
        host.Dispose();
        Assert.That(Query("SELECT count(*) FROM event"), Is.Zero);
    }

    [Test]
    public async Task DeleteUsers_does_not_send_an_event_again_that_fails_in_flight()
    {
        await CreateAsync(QueueSession.Disk);
        Session.CleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        var uploads = new BlockingHandler();
        IHost host = await Session.StartAsync(httpHandler: uploads.Create);
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(QueueSession.Event(0, "gone"));
        await Polling.WaitUntilAsync(() => uploads.BlockedUploads == 1, "the event is in flight");
        Task<CleverTapResponse> deletion = DeleteAsync(host, "gone");
        Task<CleverTapResponse> second = DeleteAsync(host, "gone");

        uploads.Release();
        await Task.WhenAll(deletion, second);

        Assert.That(await queue.FlushAsync(), Is.True);
        Assert.That(Removed(), Is.EqualTo(new[] { "m-0" }));
        await host.StopAsync();
        host.Dispose();
        Assert.That(Query("SELECT count(*) FROM event"), Is.Zero);
    }

    [Test]
    public async Task Outbox_files_are_accessible_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await CreateAsync(QueueSession.Disk);
        IHost host = await Session.StartAsync();
        await QueueOf(host).EnqueueAsync(QueueSession.Event(0));

        string[] files = Directory.GetFiles(Session.Folder);
        Assert.That(files.Select(Path.GetFileName), Is.SupersetOf(new[] { "outbox.db", "outbox.db-wal" }));
        Assert.That(files.Select(File.GetUnixFileMode), Has.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await host.StopAsync();
    }

    [Test]
    public async Task Outbox_overwrites_deleted_events()
    {
        await CreateAsync(QueueSession.Disk);
        IHost host = await Session.StartAsync();
        ICleverTapQueue queue = QueueOf(host);
        await queue.EnqueueAsync(Enumerable.Range(0, 50).Select(number => QueueSession.Event(number, "secret-user")));
        await queue.FlushAsync();

        // Closing the file empties the log.
        await host.StopAsync();
        host.Dispose();

        Assert.That(FilesHold("secret-user"), Is.False);
    }

    private bool FilesHold(string text) =>
        Directory
            .GetFiles(Session.Folder)
            .Any(file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                return copy.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
            });

    private object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Session.Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
