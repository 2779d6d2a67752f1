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

    [TestCase(100, 40, 1, 100, 640)]
    [TestCase(100, 40, 4, 25, 160)]
    [TestCase(3, 40, 8, 1, 80)]
    [TestCase(1_000, 40, 20, 50, 50)]
    [TestCase(100, 40, 20, 5, 40)]
    public void Quota_divides_the_capacity_among_the_partitions(int capacity, int window, int partitions, int maxHeld, int maxAhead)
    {
        var quota = new PartitionQuota(capacity, window);

        quota.Divide(partitions);

        Assert.That((quota.MaxPending, quota.MaxAhead), Is.EqualTo((maxHeld, maxAhead)));
    }

    [TestCase(10, 10, false, true)]
    [TestCase(11, 11, false, false)]
    [TestCase(20, 20, true, false)]
    [TestCase(5, 320, true, false)]
    [TestCase(5, 310, false, true)]
    [TestCase(5, 311, false, false)]
    public void Quota_limits_the_pending_events_and_the_distance_to_the_oldest(int held, int ahead, bool isFull, bool hasRoom)
    {
        var quota = new PartitionQuota(20, 20);

        Assert.That((quota.IsFull(held, ahead), quota.CanResume(held, ahead)), Is.EqualTo((isFull, hasRoom)));
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
