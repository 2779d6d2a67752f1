using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Kafka.DeadLetters;
using CleverTap.Rudder.Internal.Queues;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Delivers the messages of a partition, and tracks the offset up to which every message has its final outcome.</summary>
/// <remarks>The consumer loop adds the messages; a queue worker reads and settles them in any order.</remarks>
internal sealed class PartitionProcessor : IEventStore, IDisposable
{
    private readonly ConsumerContext context;
    private readonly QueueWorker worker;
    private readonly object gate = new();
    private readonly Queue<ConsumeResult<byte[]?, byte[]?>> waiting = new();
    private readonly LowWaterMark lowWaterMark = new();
    private readonly ArrivalTimes arrivals = new();
    private int pendingCount;

    public PartitionProcessor(ConsumerContext context)
    {
        this.context = context;
        worker = new QueueWorker(this, context.Queue);
    }

    public long Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>The number of messages without a final outcome.</summary>
    public int PendingCount
    {
        get
        {
            lock (gate)
            {
                return pendingCount;
            }
        }
    }

    /// <summary>The age of the oldest message without a final outcome; zero if there is none.</summary>
    public TimeSpan OldestAge => lowWaterMark.OldestAge(arrivals, context.Time.GetUtcNow());

    public bool IsFull => context.Quota.IsFull(PendingCount, context.Dependencies.Depth, lowWaterMark.Count);

    public bool CanResume => context.Quota.CanResume(PendingCount, context.Dependencies.Depth, lowWaterMark.Count);

    /// <summary>The offset of the newest message; negative before the first.</summary>
    public long LastOffset => lowWaterMark.Last;

    /// <summary>The offset to commit: every message before it has its final outcome. Unset before the first.</summary>
    public Offset CommitOffset => lowWaterMark.Position < 0 ? Offset.Unset : lowWaterMark.Position + 1;

    /// <summary>Whether no broker has the messages any more, so that no other worker can deliver them.</summary>
    public bool IsTruncated { get; set; }

    public void Start() => worker.Start();

    public void Wake() => worker.Wake();

    /// <summary>Adds a message, whose offset must be greater than those before it.</summary>
    public void Add(ConsumeResult<byte[]?, byte[]?> message)
    {
        Timestamp written = message.Message.Timestamp;
        arrivals.Add(message.Offset, written.Type == TimestampType.NotAvailable ? context.Time.GetUtcNow() : written.UtcDateTime);
        lock (gate)
        {
            lowWaterMark.Add(message.Offset);
            waiting.Enqueue(message);
            pendingCount++;
        }

        context.Dependencies.ChangeDepth(1);
        worker.Wake();
    }

    public ValueTask<IReadOnlyList<QueuedEvent>> ReadAsync(int maxCount, CancellationToken cancellationToken)
    {
        List<ConsumeResult<byte[]?, byte[]?>> messages = [];
        lock (gate)
        {
            while (messages.Count < maxCount && waiting.TryDequeue(out ConsumeResult<byte[]?, byte[]?>? message))
            {
                messages.Add(message);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<QueuedEvent>>(messages.ConvertAll(Read));
    }

    /// <summary>Settles delivered events first, because writing the dead letters may take long.</summary>
    public async ValueTask<bool> SettleAsync(IReadOnlyList<SettledEvent> events, CancellationToken deadline)
    {
        ILookup<bool, SettledEvent> byDeadLetter = events.ToLookup(settled => Outcome.IsDeadLetter(settled.Outcome));
        lowWaterMark.Settle(byDeadLetter[false].Select(settled => settled.Event.Number));
        DeadLetterMessage[] letters = [.. byDeadLetter[true].Select(settled => DeadLetterMessage.From(settled))];
        if (!await context.DeadLetters.WriteAsync(letters, deadline).ConfigureAwait(false))
        {
            return false;
        }

        lowWaterMark.Settle(byDeadLetter[true].Select(settled => settled.Event.Number));
        lock (gate)
        {
            pendingCount -= events.Count;
        }

        return true;
    }

    /// <summary>Does nothing: the offsets stay open, and the next worker of the partition reads the events again.</summary>
    public void Return(IReadOnlyList<QueuedEvent> events) { }

    /// <summary>Delivers the events that were read until the deadline, and leaves the other events to the next worker.</summary>
    /// <remarks>
    /// An upload contains all events of a user that were read. If delivery stopped earlier, delivered events after an open offset would be
    /// delivered again.
    /// </remarks>
    public async Task StopAsync(CancellationToken deadline)
    {
        if (!IsTruncated)
        {
            lock (gate)
            {
                waiting.Clear();
            }
        }

        await worker.StopAsync(drains: true, deadline).ConfigureAwait(false);
        Dispose();
        context.Dependencies.ChangeDepth(-PendingCount);
    }

    public void Dispose() => worker.Dispose();

    /// <summary>Reads an event. An event without a time gets the time of its message.</summary>
    private QueuedEvent Read(ConsumeResult<byte[]?, byte[]?> message)
    {
        Timestamp written = message.Message.Timestamp;
        if (
            RudderEvent.TryRead(message.Message.Value, out RudderEvent? rudderEvent, out EventError? error)
            && written.Type != TimestampType.NotAvailable
        )
        {
            rudderEvent = context.Queue.Target.WithArrivalTime(
                rudderEvent,
                DateTimeOffset.FromUnixTimeMilliseconds(written.UnixTimestampMs)
            );
        }

        return new QueuedEvent(message.Offset, message.Message.Value, rudderEvent, error, message);
    }
}
