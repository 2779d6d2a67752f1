using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>The event store without a queue.</summary>
public sealed class OutboxEventStoreTests : OutboxFixture
{
    private IHost services = null!;
    private OutboxThread thread = null!;
    private OutboxCapacity capacity = null!;
    private OutboxEventStore store = null!;

    [SetUp]
    public async Task CreateStore()
    {
        services = await Outbox.StartAsync(start: false);
        var options = new SqliteOutboxOptions { Database = Outbox.Database, RetryInterval = TimeSpan.FromMilliseconds(1) };
        var dependencies = new QueueDependencies<SqliteOutboxOptions>(
            "",
            services.Services.GetRequiredKeyedService<CleverTapDestination>(""),
            options,
            OutcomeHandlers.Create(services.Services, "", options, new QueueLog("", NullLogger.Instance)),
            services.Services.GetRequiredService<QueueMetrics>(),
            NullLogger.Instance,
            TimeProvider.System
        );
        var files = new OutboxFiles(Outbox.Database);
        thread = new OutboxThread(files, () => OutboxDatabase.Open(options, DeduplicationWindow.Off, TimeProvider.System));
        capacity = new OutboxCapacity(1_000, long.MaxValue, () => { });
        store = new OutboxEventStore(dependencies, thread, files, capacity, new FlushTracker(TimeProvider.System), () => { });
    }

    [TearDown]
    public void CloseStore() => thread.Dispose();

    [Test]
    public async Task Read_returns_the_next_events_in_order_up_to_the_count()
    {
        await AppendAsync(5, 10);

        Assert.That(await ReadNumbersAsync(3), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(store.Waiting, Is.EqualTo(2));
        Assert.That(await ReadNumbersAsync(3), Is.EqualTo(new[] { 4, 5 }));
        Assert.That(await ReadNumbersAsync(3), Is.Empty);
        Assert.That(store.Waiting, Is.Zero);
    }

    [Test]
    public async Task Read_leaves_events_in_the_file_beyond_64_MiB_until_others_are_settled()
    {
        await AppendAsync(20, 8_000_000);
        var first = await store.ReadAsync(1_000, CancellationToken.None);
        Assert.That(first, Has.Count.EqualTo(9));
        Assert.That(await store.ReadAsync(1_000, CancellationToken.None), Is.Empty);

        await store.SettleAsync([.. first.Take(2).Select(CreateDelivered)], CancellationToken.None);

        Assert.That(await ReadNumbersAsync(1_000), Is.EqualTo(new[] { 10, 11 }));
        Assert.That(store.Waiting, Is.EqualTo(9));
    }

    [Test]
    public async Task Settle_accepts_any_order_and_releases_the_capacity()
    {
        await AppendAsync(4, 10);
        var events = await store.ReadAsync(4, CancellationToken.None);

        bool isSettled = await store.SettleAsync([CreateDelivered(events[3]), CreateDelivered(events[1])], CancellationToken.None);

        Assert.That((isSettled, capacity.Events), Is.EqualTo((true, 2)));
        thread.Dispose();
        Assert.That(Outbox.Query("SELECT group_concat(id) FROM event"), Is.EqualTo("1,3"));
    }

    [Test]
    public async Task Returned_events_stay_in_the_file()
    {
        await AppendAsync(1, 10);

        store.Return(await store.ReadAsync(1, CancellationToken.None));

        thread.Dispose();
        Assert.That((Outbox.Query("SELECT count(*) FROM event"), capacity.Events), Is.EqualTo((1, 1)));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows does not move an open file")]
    public async Task Settle_retries_until_the_file_is_usable_or_the_deadline_passes()
    {
        await AppendAsync(2, 10);
        var events = await store.ReadAsync(2, CancellationToken.None);
        File.Move(Outbox.Database, Outbox.Database + ".moved");
        Assert.That(await store.SettleAsync([CreateDelivered(events[0])], new CancellationToken(canceled: true)), Is.False);

        ValueTask<bool> settling = store.SettleAsync([CreateDelivered(events[1])], CancellationToken.None);
        File.Move(Outbox.Database + ".moved", Outbox.Database);

        Assert.That(await settling, Is.True);
        Assert.That(capacity.Events, Is.EqualTo(1));
    }

    [Test]
    public async Task Failing_work_does_not_fail_other_work_of_its_transaction()
    {
        await thread.OpenAsync();
        using var gate = new ManualResetEventSlim();
        Task blocked = thread.RunAsync(_ => gate.Wait(TimeSpan.FromSeconds(30)));

        // The thread is blocked, so that the following work shares one transaction.
        Task<long>[] inserts = [.. Enumerable.Range(0, 100).Select(_ => thread.RunAsync(database => database.Insert([1])))];
        Task failing = thread.RunAsync<long>(database => throw new InvalidOperationException($"{database.Insert([2])}"));
        Task<long>[] others = [.. Enumerable.Range(0, 99).Select(_ => thread.RunAsync(database => database.Insert([1])))];
        gate.Set();
        await blocked;

        Assert.That(async () => await failing, Throws.InvalidOperationException);
        Assert.That(await Task.WhenAll([.. inserts, .. others]), Is.Ordered.And.Unique);
        Assert.That(await thread.RunAsync(database => database.ListEvents().Count), Is.EqualTo(199));
    }

    private async Task AppendAsync(int count, int bytes)
    {
        byte[] json = new byte[bytes];
        for (int i = 0; i < count; i++)
        {
            await capacity.ReserveAsync([bytes], _ => { }, canWait: false, CancellationToken.None);
            await thread.RunAsync(database => database.Insert(json), store.OnInserted);
        }
    }

    private async Task<IEnumerable<long>> ReadNumbersAsync(int maxCount) =>
        (await store.ReadAsync(maxCount, CancellationToken.None)).Select(stored => stored.Number);

    private static SettledEvent CreateDelivered(QueuedEvent stored) =>
        new(stored, new EventOutcome { Index = 0, Kind = OutcomeKind.Delivered });
}
