using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Partitions that are assigned and lost, without a consumer group.</summary>
public sealed class KafkaPartitionTests : KafkaFixture
{
    private IHost host = null!;
    private IConsumer<byte[]?, byte[]?> consumer = null!;
    private ConsumerContext context = null!;

    private TopicPartition Partition => new(Session.Topic, 0);

    [SetUp]
    public void CreateContext()
    {
        host = Session.BuildHost();
        var settings = new ConsumerConfig { BootstrapServers = Session.Brokers.Bootstrap, GroupId = Session.Group };
        consumer = new ConsumerBuilder<byte[]?, byte[]?>(settings).Build();
        context = new ConsumerContext(
            new QueueDependencies<KafkaConsumerOptions>(
                "",
                host.Services.GetRequiredKeyedService<CleverTapDestination>(""),
                host.Services.GetRequiredService<IOptionsMonitor<KafkaConsumerOptions>>().Get(""),
                OutcomeHandlers.Create(host.Services, "", new KafkaConsumerOptions(), new QueueLog("", NullLogger.Instance)),
                host.Services.GetRequiredService<QueueMetrics>(),
                NullLogger.Instance,
                TimeProvider.System
            )
        );
    }

    [TearDown]
    public void DisposeContext()
    {
        context.Producer.Dispose();
        consumer.Dispose();
        host.Dispose();
    }

    [Test]
    public async Task Stopped_processors_are_garbage_collected()
    {
        using var deadline = new CancellationTokenSource();
        WeakReference[] stopped = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => StartAndStopAsync(deadline.Token)));

        await Polling.WaitUntilAsync(() => AreCollected(stopped), "the processors are collected");
    }

    [Test]
    public async Task Recreated_partition_is_delivered_from_its_beginning()
    {
        var partitions = new AssignedPartitions(context, CancellationToken.None);
        partitions.Assign([Partition]);
        partitions.Add(consumer, Message(offset: 5, "Before"));
        await Polling.WaitUntilAsync(() => Session.StoredNames.Contains("Before"), "the first event is stored");

        partitions.Add(consumer, Message(offset: 0, "After"));
        partitions.Add(consumer, Message(offset: 5, "Later"));
        await Polling.WaitUntilAsync(() => Session.StoredNames.Contains("Later"), "the others are stored");
        partitions.DropAll();

        Assert.That(Session.StoredNames, Is.EqualTo(new[] { "Before", "After", "Later" }));
    }

    [Test]
    public async Task Recreated_partition_delivers_the_events_that_were_read_before()
    {
        var partitions = new AssignedPartitions(context, CancellationToken.None);
        partitions.Assign([Partition]);
        partitions.Add(consumer, Message(offset: 5, "Before"));

        partitions.Add(consumer, Message(offset: 0, "After"));

        await Polling.WaitUntilAsync(() => Session.StoredNames.Count() == 2, "both are stored");
        partitions.DropAll();
        Assert.That(Session.StoredNames, Is.EquivalentTo(new[] { "Before", "After" }));
    }

    [Test]
    public async Task Event_without_a_time_gets_the_time_of_its_message()
    {
        var partitions = new AssignedPartitions(context, CancellationToken.None);
        partitions.Assign([Partition]);
        ConsumeResult<byte[]?, byte[]?> message = Message(offset: 5, "Timed");
        message.Message.Timestamp = new Timestamp(1_700_000_000_999, TimestampType.CreateTime);

        partitions.Add(consumer, message);
        await Polling.WaitUntilAsync(() => Session.CleverTap.EventCount > 0, "the event is stored");
        partitions.DropAll();

        Assert.That(Session.CleverTap.Events.Single().Timestamp, Is.EqualTo(1_700_000_000));
    }

    [TestCase(1, 250, 999, 999, false)]
    [TestCase(1, 250, 1_000, 1_000, true)]
    [TestCase(5, 50, 1_000, 800, true)]
    [TestCase(5, 50, 800, 799, false)]
    [TestCase(5, 50, 49, 1_000, false)]
    [TestCase(5, 50, 50, 799, false)]
    public void Partition_is_full_above_its_share_when_the_others_need_theirs(
        int partitions,
        int share,
        int pending,
        long held,
        bool isFull
    )
    {
        var quota = new PartitionQuota(1_000, 1_000);
        quota.Divide(partitions);

        Assert.That(quota.IsFull(pending, held, 1), Is.EqualTo(isFull));
        Assert.That(quota.Share, Is.EqualTo(share));
    }

    [TestCase(1, 750, 750, true)]
    [TestCase(1, 751, 751, false)]
    [TestCase(5, 600, 600, true)]
    [TestCase(5, 600, 601, false)]
    [TestCase(5, 25, 1_000, true)]
    [TestCase(5, 26, 1_000, false)]
    public void Partition_resumes_when_it_or_all_together_hold_clearly_less(int partitions, int pending, long held, bool canResume)
    {
        var quota = new PartitionQuota(1_000, 1_000);
        quota.Divide(partitions);

        Assert.That(quota.CanResume(pending, held, 1), Is.EqualTo(canResume));
    }

    [TestCase(1, 639, false, false)]
    [TestCase(1, 640, true, false)]
    [TestCase(1, 480, false, true)]
    [TestCase(1, 481, false, false)]
    [TestCase(4, 160, true, false)]
    [TestCase(20, 40, true, false)]
    public void Quota_limits_the_distance_to_the_oldest_open_event(int partitions, int ahead, bool isFull, bool canResume)
    {
        var quota = new PartitionQuota(100, 40);

        quota.Divide(partitions);

        Assert.That((quota.IsFull(1, 1, ahead), quota.CanResume(1, 1, ahead)), Is.EqualTo((isFull, canResume)));
    }

    [TestCase(2, 2)]
    [TestCase(10, 3)]
    [TestCase(10, 10)]
    [TestCase(1_000, 7)]
    public void Partitions_hold_no_more_than_the_capacity_together(int capacity, int partitions)
    {
        var quota = new PartitionQuota(capacity, 1_000);
        quota.Divide(partitions);

        // Each partition in turn reads until it is full.
        int held = 0;
        for (int partition = 0; partition < partitions; partition++)
        {
            for (int pending = 0; pending == 0 || !quota.IsFull(pending, held, pending); pending++)
            {
                held++;
            }
        }

        Assert.That(held, Is.EqualTo(capacity));
    }

    [Test]
    public void Partition_that_holds_nothing_reads_one_event_whatever_the_others_hold(
        [Values(1, 2, 10)] int capacity,
        [Values(0, 1, 9, 10, 10_000)] int held
    )
    {
        var quota = new PartitionQuota(capacity, 1_000);

        Assert.That(quota.CanResume(0, held, 0));
    }

    private async Task<WeakReference> StartAndStopAsync(CancellationToken deadline)
    {
        var processor = new PartitionProcessor(context);
        processor.Start();
        await processor.StopAsync(deadline);
        return new WeakReference(processor);
    }

    private static bool AreCollected(WeakReference[] references)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return references.All(reference => !reference.IsAlive);
    }

    private ConsumeResult<byte[]?, byte[]?> Message(long offset, string name) =>
        new()
        {
            TopicPartitionOffset = new TopicPartitionOffset(Partition, offset),
            Message = new Message<byte[]?, byte[]?>
            {
                Value = Encoding.UTF8.GetBytes($$"""{"type":"track","userId":"user-1","event":"{{name}}"}"""),
            },
        };
}
