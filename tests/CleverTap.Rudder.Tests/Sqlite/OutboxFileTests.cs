using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>What is wrong with the file is said in one clear error, and nothing in it is lost.</summary>
public sealed class OutboxFileTests : OutboxFixture
{
    [Test]
    public async Task It_has_one_owner_at_a_time()
    {
        await Outbox.StartAsync();

        Assert.That(FaultOf(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.InUse));
    }

    [Test]
    public async Task A_second_owner_waits_for_the_first_to_go_where_it_is_told_to()
    {
        IHost first = await Outbox.StartAsync();

        Task<IHost> second = Outbox.StartAsync(options => options.OwnerTimeout = TimeSpan.FromMinutes(1));
        Assert.That(second.IsCompleted, Is.False);
        await first.StopAsync();
        first.Dispose();

        await (await second).Queue().EnqueueAsync(OutboxHost.Event(0));
    }

    [Test]
    public async Task Garbage_is_no_outbox_and_is_left_alone()
    {
        byte[] garbage = new byte[5_000];
        new Random(1).NextBytes(garbage);
        await File.WriteAllBytesAsync(Outbox.Database, garbage);

        Assert.That(FaultOf(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Corrupt));
        Assert.That(await File.ReadAllBytesAsync(Outbox.Database), Is.EqualTo(garbage));
    }

    [Test]
    public async Task A_damaged_page_is_found_when_the_outbox_opens()
    {
        await Outbox.EnqueueWithoutDeliveryAsync([.. Enumerable.Range(0, 2_000).Select(OutboxHost.Event)]);
        byte[] bytes = await File.ReadAllBytesAsync(Outbox.Database);
        bytes.AsSpan(5 * 4096, 4096).Fill(0xAB);
        await File.WriteAllBytesAsync(Outbox.Database, bytes);

        Assert.That(FaultOf(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Corrupt));
        Assert.That(await File.ReadAllBytesAsync(Outbox.Database), Is.EqualTo(bytes));
    }

    [Test]
    public void A_database_of_something_else_is_not_taken()
    {
        Outbox.Query("CREATE TABLE customers (name TEXT)");
        byte[] before = File.ReadAllBytes(Outbox.Database);

        Assert.That(FaultOf(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Foreign));
        Assert.That(File.ReadAllBytes(Outbox.Database), Is.EqualTo(before));
        Assert.That(Outbox.Query("SELECT count(*) FROM sqlite_schema"), Is.EqualTo(1));
    }

    [TestCase(99)]
    [TestCase(-1)]
    public async Task A_file_of_an_unknown_version_is_not_taken(int version)
    {
        await Outbox.EnqueueWithoutDeliveryAsync(OutboxHost.Event(0));
        Outbox.Query($"PRAGMA user_version = {version}");

        Assert.That(FaultOf(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Foreign));
    }

    [TestCase("DROP TABLE seen_message; DROP TABLE dead_letter; PRAGMA user_version = 1")]
    [TestCase("DROP TABLE seen_message; PRAGMA user_version = 2")]
    public async Task A_file_of_an_older_version_is_brought_up_to_date_with_its_events(string downgrade)
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
    public void A_folder_that_is_not_there_is_named() =>
        Assert.That(
            () => Outbox.StartAsync(database: Path.Combine(Outbox.Folder, "missing", "outbox.db")),
            Throws.TypeOf<SqliteOutboxException>().With.Message.Contains("missing").And.Property("Fault").EqualTo(OutboxFault.CannotOpen)
        );

    [Test]
    public async Task A_read_only_file_is_said_to_be_one()
    {
        await Outbox.EnqueueWithoutDeliveryAsync(OutboxHost.Event(0));

        Assert.That(
            FaultOf(() => Outbox.StartAsync(database: $"Data Source={Outbox.Database};Mode=ReadOnly")),
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
    public async Task The_file_may_be_named_by_a_URI()
    {
        IHost host = await Outbox.StartAsync(database: $"Data Source=file:{Outbox.Database}");

        Assert.That(await host.Queue().EnqueueAsync(OutboxHost.Event(0)), Is.True);
    }

    [Test]
    public async Task A_file_that_cannot_be_opened_is_not_owned_afterwards()
    {
        Outbox.Query($"PRAGMA application_id = {OutboxSchema.ApplicationId}; PRAGMA user_version = 3");

        Assert.That(FaultOf(() => Outbox.StartAsync()), Is.EqualTo(OutboxFault.Failed));

        Assert.That(Outbox.Query("CREATE TABLE free (x)"), Is.Null, "somebody else may write to it");
    }

    [TestCase("")]
    [TestCase("-wal")]
    [Platform(Exclude = "Win", Reason = "An open file cannot be deleted there")]
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
    public async Task A_full_disk_rejects_what_does_not_fit_and_keeps_the_rest()
    {
        string disk = Directory.CreateDirectory(Path.Combine(Outbox.Folder, "disk")).FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk) != 0)
        {
            Assert.Ignore("A small disk cannot be made here: mounting is not allowed");
        }

        try
        {
            int taken = 0;
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
                    await host.Queue().EnqueueAsync(OutboxHost.Event(taken) with { UserId = "u", Properties = large });
                    taken++;
                }
            });
            Assert.That(fault!.Fault, Is.EqualTo(OutboxFault.DiskFull));
            await host.StopAsync();
            host.Dispose();

            // What cannot be noted is not delivered either, or it would be at each start.
            using (IHost full = await Outbox.StartAsync(database: Path.Combine(disk, "outbox.db")))
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
                Assert.That(await full.Queue().FlushAsync(patience.Token), Is.False);
                Assert.That(Outbox.CleverTap.EventCount, Is.Zero);
                await full.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await RunAsync("mount", "-o", "remount,size=8m", disk);
            IHost next = await Outbox.StartAsync(database: Path.Combine(disk, "outbox.db"));
            await next.Queue().FlushAsync();

            Assert.That(Outbox.CleverTap.Events.Select(e => e.Name), Is.EqualTo(Enumerable.Range(0, taken).Select(i => $"{i}")));
            next.Dispose();
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    private static OutboxFault FaultOf(Func<Task> start) => Assert.ThrowsAsync<SqliteOutboxException>(() => start())!.Fault;

    private static async Task<int> RunAsync(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
