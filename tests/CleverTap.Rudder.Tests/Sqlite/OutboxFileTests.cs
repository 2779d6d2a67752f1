using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>A file that cannot be used gives one clear error, and none of its events is lost.</summary>
public sealed class OutboxFileTests : OutboxFixture
{
    [Test]
    public async Task Second_owner_gets_InUse()
    {
        await Outbox.StartAsync();

        Assert.That(GetStartFault(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.InUse));
    }

    [Test]
    public async Task Second_owner_waits_for_the_first_when_OwnerTimeout_is_set()
    {
        IHost first = await Outbox.StartAsync();

        Task<IHost> second = Outbox.StartAsync(options => options.OwnerTimeout = TimeSpan.FromMinutes(1));
        Assert.That(second.IsCompleted, Is.False);
        await first.StopAsync();
        first.Dispose();

        await (await second).Queue().EnqueueAsync(OutboxHost.Event(0));
    }

    [Test]
    public async Task Start_rejects_a_file_that_is_not_a_database_and_does_not_change_it()
    {
        byte[] garbage = new byte[5_000];
        new Random(1).NextBytes(garbage);
        await File.WriteAllBytesAsync(Outbox.Database, garbage);

        Assert.That(GetStartFault(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Corrupt));
        Assert.That(await File.ReadAllBytesAsync(Outbox.Database), Is.EqualTo(garbage));
    }

    [Test]
    public async Task Start_finds_a_damaged_page_and_does_not_change_the_file()
    {
        await Outbox.EnqueueWithoutDeliveryAsync([.. Enumerable.Range(0, 2_000).Select(OutboxHost.Event)]);
        byte[] bytes = await File.ReadAllBytesAsync(Outbox.Database);
        bytes.AsSpan(5 * 4096, 4096).Fill(0xAB);
        await File.WriteAllBytesAsync(Outbox.Database, bytes);

        Assert.That(GetStartFault(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Corrupt));
        Assert.That(await File.ReadAllBytesAsync(Outbox.Database), Is.EqualTo(bytes));
    }

    [Test]
    public void Start_rejects_a_database_of_another_program()
    {
        Outbox.Query("CREATE TABLE customers (name TEXT)");
        byte[] before = File.ReadAllBytes(Outbox.Database);

        Assert.That(GetStartFault(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Foreign));
        Assert.That(File.ReadAllBytes(Outbox.Database), Is.EqualTo(before));
        Assert.That(Outbox.Query("SELECT count(*) FROM sqlite_schema"), Is.EqualTo(1));
    }

    [TestCase(99)]
    [TestCase(-1)]
    public async Task Start_rejects_a_file_of_an_unknown_version(int version)
    {
        await Outbox.EnqueueWithoutDeliveryAsync(OutboxHost.Event(0));
        Outbox.Query($"PRAGMA user_version = {version}");

        Assert.That(GetStartFault(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Foreign));
    }

    [TestCase("DROP TABLE seen_message; DROP TABLE dead_letter; PRAGMA user_version = 1")]
    [TestCase("DROP TABLE seen_message; PRAGMA user_version = 2")]
    public async Task Start_migrates_a_file_of_an_older_version_with_its_events(string downgrade)
    {
        await Outbox.EnqueueWithoutDeliveryAsync(
            OutboxHost.Event(0),
            new TrackEvent
            {
                MessageId = "rejected",
                UserId = "u",
                Event = "App Launched",
            }
        );
        Outbox.Query(downgrade);

        var window = new DeduplicationWindow { Count = 10, Time = TimeSpan.FromDays(1) };
        IHost host = await Outbox.StartAsync(configureDelivery: delivery => delivery.DeduplicationWindow = window);
        await host.Queue().FlushAsync();

        Assert.That(Outbox.CleverTap.Events.Single().Name, Is.EqualTo("0"));
        Assert.That((await host.DeadLetters().ListAsync()).Single().MessageId, Is.EqualTo("rejected"));
    }

    [Test]
    public void Start_names_a_missing_folder() =>
        Assert.That(
            () => Outbox.StartAsync(database: Path.Combine(Outbox.Folder, "missing", "outbox.db")),
            Throws.TypeOf<SqliteOutboxException>().With.Message.Contains("missing").And.Property("Fault").EqualTo(OutboxFault.CannotOpen)
        );

    [Test]
    public async Task Start_reports_a_read_only_file()
    {
        await Outbox.EnqueueWithoutDeliveryAsync(OutboxHost.Event(0));

        Assert.That(
            GetStartFault(() => Outbox.StartAsync(database: $"Data Source={Outbox.Database};Mode=ReadOnly")),
            Is.EqualTo(OutboxFault.ReadOnly)
        );
    }

    [Test]
    public async Task EnqueueAsync_throws_when_the_file_cannot_be_used()
    {
        IHost host = await Outbox.StartAsync(database: Path.Combine(Outbox.Folder, "missing", "outbox.db"), start: false);

        Assert.That(async () => await host.Queue().EnqueueAsync(OutboxHost.Event(0)), Throws.TypeOf<SqliteOutboxException>());
    }

    [Test]
    public async Task Database_accepts_a_file_URI()
    {
        IHost host = await Outbox.StartAsync(database: $"Data Source=file:{Outbox.Database}");

        Assert.That(await host.Queue().EnqueueAsync(OutboxHost.Event(0)), Is.True);
    }

    [Test]
    public async Task Failed_start_releases_the_file()
    {
        Outbox.Query($"PRAGMA application_id = {OutboxSchema.ApplicationId}; PRAGMA user_version = 3");

        Assert.That(GetStartFault(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Failed));

        Assert.That(Outbox.Query("CREATE TABLE free (x)"), Is.Null, "another process can write to the file");
    }

    [TestCase("")]
    [TestCase("-wal")]
    [Platform(Exclude = "Win", Reason = "Windows does not delete an open file")]
    public async Task EnqueueAsync_throws_when_the_file_was_deleted(string end)
    {
        IHost host = await Outbox.StartAsync(options => options.ShutdownDeadline = TimeSpan.Zero);
        await host.Queue().EnqueueAsync(OutboxHost.Event(0));
        await host.Queue().FlushAsync();

        File.Delete(Outbox.Database + end);

        var exception = Assert.ThrowsAsync<SqliteOutboxException>(async () => await host.Queue().EnqueueAsync(OutboxHost.Event(1)));
        Assert.That(exception!.Fault, Is.EqualTo(OutboxFault.Missing));
        Assert.That(exception.Message, Does.Contain(Outbox.Database + end));
        Assert.That(await host.Queue().FlushAsync(), Is.False);
    }

    [Test]
    [Platform("Linux")]
    public async Task Full_disk_rejects_new_events_and_keeps_the_enqueued_ones()
    {
        string disk = Directory.CreateDirectory(Path.Combine(Outbox.Folder, "disk")).FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk) != 0)
        {
            Assert.Ignore("This machine does not allow to mount a small disk");
        }

        try
        {
            int accepted = 0;
            var large = new System.Text.Json.Nodes.JsonObject { ["text"] = new string('x', 10_000) };
            IHost host = await Outbox.StartAsync(
                options => options.ShutdownDeadline = TimeSpan.Zero,
                delivery => delivery.Endpoint = OutboxHost.Unreachable,
                database: Path.Combine(disk, "outbox.db")
            );
            var fault = Assert.ThrowsAsync<SqliteOutboxException>(async () =>
            {
                while (true)
                {
                    await host.Queue().EnqueueAsync(OutboxHost.Event(accepted) with { UserId = "u", Properties = large });
                    accepted++;
                }
            });
            Assert.That(fault!.Fault, Is.EqualTo(OutboxFault.DiskFull));
            await host.StopAsync();
            host.Dispose();

            // Events whose outcome cannot be written are not delivered, or every start would deliver them again.
            using (IHost full = await Outbox.StartAsync(database: Path.Combine(disk, "outbox.db")))
            {
                using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
                Assert.That(await full.Queue().FlushAsync(timeout.Token), Is.False);
                Assert.That(Outbox.CleverTap.EventCount, Is.Zero);
                await full.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await RunAsync("mount", "-o", "remount,size=8m", disk);
            IHost next = await Outbox.StartAsync(database: Path.Combine(disk, "outbox.db"));
            await next.Queue().FlushAsync();

            Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(Enumerable.Range(0, accepted).Select(i => $"{i}")));
            next.Dispose();
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    private static OutboxFault GetStartFault(Func<Task> start) => Assert.ThrowsAsync<SqliteOutboxException>(() => start())!.Fault;

    private static async Task<int> RunAsync(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
