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

    [TestCase(1, 500)]
    [TestCase(6, 142)]
    [TestCase(50, 18)]
    public void Quota_divides_the_capacity_among_partitions_that_are_equally_busy(int partitions, int expected)
    {
        var quota = new PartitionQuota(1_000, 1_000);
        quota.Divide(partitions);

        int pending = Enumerable.Range(1, 1_000).First(each => quota.IsFull(each, held: each * partitions, ahead: each));

        Assert.That(pending, Is.InRange(expected, expected + 1));
    }

    [TestCase(0, 1_000, false, true)]
    [TestCase(100, 900, true, false)]
    [TestCase(33, 900, false, true)]
    [TestCase(34, 900, false, false)]
    [TestCase(99, 900, false, false)]
    public void Quota_of_a_partition_depends_on_what_the_others_hold(int pending, long held, bool isFull, bool canResume)
    {
        var quota = new PartitionQuota(1_000, 1_000);

        Assert.That(
            (pending > 0 && quota.IsFull(pending, held, pending), quota.CanResume(pending, held, pending)),
            Is.EqualTo((isFull, canResume))
        );
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

        Assert.That(held, Is.InRange(capacity / 2, capacity));
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
