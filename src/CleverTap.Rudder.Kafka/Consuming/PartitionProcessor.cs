using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Kafka.DeadLetters;
using CleverTap.Rudder.Internal.Queues;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>
/// A partition of the topic as a store: the consume loop adds its messages, a worker delivers them, and offsets count up to the oldest
/// message that is open.
/// </summary>
internal sealed class PartitionProcessor : IEventStore, IDisposable
{
    private readonly ConsumerContext context;
    private readonly QueueWorker worker;
    private readonly object gate = new();
    private readonly Queue<ConsumeResult<byte[]?, byte[]?>> waiting = new();
    private readonly LowWaterMark mark = new();
    private readonly ArrivalTimes arrivals = new();
    private int held;

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

    /// <summary>How many messages have no final outcome.</summary>
    public int PendingCount
    {
        get
        {
            lock (gate)
            {
                return held;
            }
        }
    }

    /// <summary>How long ago the oldest message without a final outcome was written; zero if there is none.</summary>
    public TimeSpan OldestAge => mark.OldestAge(arrivals, context.Time.GetUtcNow());

    public bool IsFull => context.Quota.IsFull(PendingCount, mark.Count);

    public bool CanResume => context.Quota.CanResume(PendingCount, mark.Count);

    /// <summary>The offset of the newest message; negative before there is one.</summary>
    public long LastOffset => mark.Last;

    /// <summary>The offset behind the last message before which nothing is open; unset if there is none.</summary>
    public Offset CommitOffset => mark.Position < 0 ? Offset.Unset : mark.Position + 1;

    public void Start() => worker.Start();

    public void Wake() => worker.Wake();

    /// <summary>Adds a message; its offset is greater than those before.</summary>
    public void Add(ConsumeResult<byte[]?, byte[]?> message)
    {
        Timestamp written = message.Message.Timestamp;
        arrivals.Add(message.Offset, written.Type == TimestampType.NotAvailable ? context.Time.GetUtcNow() : written.UtcDateTime);
        lock (gate)
        {
            mark.Add(message.Offset);
            waiting.Enqueue(message);
            held++;
        }

        context.Dependencies.Queued(1);
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

    /// <summary>Events that CleverTap has do not wait until the dead letters are written.</summary>
    public async ValueTask<bool> SettleAsync(IReadOnlyList<SettledEvent> events, CancellationToken deadline)
    {
        ILookup<bool, SettledEvent> byLetter = events.ToLookup(settled => Outcome.IsDeadLetter(settled.Outcome));
        mark.Settle(byLetter[false].Select(settled => settled.Event.Number));
        DeadLetterMessage[] letters = [.. byLetter[true].Select(settled => DeadLetterMessage.From(settled))];
        if (!await context.DeadLetters.WriteAsync(letters, deadline).ConfigureAwait(false))
        {
            return false;
        }

        mark.Settle(byLetter[true].Select(settled => settled.Event.Number));
        lock (gate)
        {
            held -= events.Count;
        }

        return true;
    }

    /// <summary>Their offsets stay open: whoever has the partition next reads them again.</summary>
    public void Return(IReadOnlyList<QueuedEvent> events) { }

    /// <summary>
    /// Delivers what was read as far as the time allows, and leaves the rest to whoever has the partition next. An upload takes all events
    /// that were read of a user: to stop in the middle would deliver the later users' events, whose offsets do not count yet, twice.
    /// </summary>
    public async Task StopAsync(CancellationToken outOfTime)
    {
        lock (gate)
        {
            waiting.Clear();
        }

        await worker.StopAsync(drains: true, outOfTime).ConfigureAwait(false);
        Dispose();
        context.Dependencies.Queued(-PendingCount);
    }

    public void Dispose() => worker.Dispose();

    /// <summary>An event without a time gets that of its message.</summary>
    private QueuedEvent Read(ConsumeResult<byte[]?, byte[]?> message)
    {
        Timestamp written = message.Message.Timestamp;
        if (
            RudderEvent.TryRead(message.Message.Value, out RudderEvent? rudderEvent, out EventError? error)
            && written.Type != TimestampType.NotAvailable
        )
        {
            rudderEvent = context.Queue.Target.Arrived(rudderEvent, DateTimeOffset.FromUnixTimeMilliseconds(written.UnixTimestampMs));
        }

        return new QueuedEvent(message.Offset, message.Message.Value, rudderEvent, error, message);
    }
}
