using System.Text;
using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Kafka.Consuming;
using CleverTap.Rudder.Internal.Kafka.DeadLetters;
using CleverTap.Rudder.Internal.Kafka.Telemetry;
using CleverTap.Rudder.Internal.Queues;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Kafka.Producing;

/// <summary>The topic as a queue: what is enqueued is written to it, and the worker delivers what it reads from it.</summary>
internal sealed class KafkaQueue : ICleverTapQueue, IUserEvents, IQueueState, IHostedService, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RoomInterval = TimeSpan.FromMilliseconds(20);

    private readonly QueueDependencies<KafkaConsumerOptions> parts;
    private readonly ConsumerContext context;
    private readonly CommittedOffsets committed;
    private readonly TopicReading reading;
    private readonly KafkaWorker worker;
    private readonly QueueLifetime lifetime;
    private volatile bool isStarted;
    private volatile bool isClosed;

    public KafkaQueue(QueueDependencies<KafkaConsumerOptions> parts)
    {
        this.parts = parts;
        context = new ConsumerContext(parts);
        committed = new CommittedOffsets(parts.Options, context.Errors, context.Logger);
        reading = new TopicReading(context);
        worker = new KafkaWorker(context);
        DeadLetters = new KafkaDeadLetters(context, WriteAsync);
        lifetime = new QueueLifetime(parts, worker, context.Flushes, Close, () => Task.FromResult(worker.Left));
    }

    public KafkaDeadLetters DeadLetters { get; }

    public QueueState State => reading.AddTo(new QueueState(parts.Depth, context.OldestAge));

    /// <summary>Writes an event to the topic. Before the start too: any worker of the group may deliver it.</summary>
    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        return await EnqueueAsync([rudderEvent], cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Begins to write all events, in their order, before the first is waited for.</summary>
    public async ValueTask<int> EnqueueAsync(IEnumerable<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        RudderEvent[] batch = Array.ConvertAll(EventBatch.ToArray(events), parts.Arrived);
        cancellationToken.ThrowIfCancellationRequested();
        List<Task<ErrorCode>> writes = [];
        foreach (RudderEvent rudderEvent in batch)
        {
            if (await BeginAsync(rudderEvent, cancellationToken).ConfigureAwait(false) is { } write)
            {
                writes.Add(write);
            }
        }

        ErrorCode[] codes = await Task.WhenAll(writes).WaitAsync(cancellationToken).ConfigureAwait(false);
        ErrorCode failed = Array.Find(codes, code => code != ErrorCode.NoError);
        return failed == ErrorCode.NoError ? codes.Length : throw CleverTapKafkaException.NotWritten(parts.Options.Topic, failed);
    }

    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (!isStarted)
        {
            return false;
        }

        IReadOnlyDictionary<TopicPartition, long> targets = committed.Targets();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task ended = context.Flushes.RequestAsync(done.Token);
        worker.Hurry();
        try
        {
            while (!await committed.ReachAsync(targets).WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                if (ended.IsCompleted)
                {
                    return false;
                }

                await Task.WhenAny(ended, Task.Delay(AskInterval, parts.Time, done.Token)).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
        }
    }

    public Task RefreshAsync(CancellationToken cancellationToken) => reading.RefreshAsync(cancellationToken);

    /// <summary>A topic lets nothing be removed from its middle: only what this worker has begun to deliver is left out.</summary>
    public async Task RemoveAsync(UserSet users, CancellationToken cancellationToken)
    {
        context.Logger.UsersDeleted(parts.Options.Topic, users.Count, parts.Options.DeadLetterTopic);
        await parts.Target.RemoveAsync(users).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            lifetime.Start();
            isStarted = true;
        }
        catch (Exception)
        {
            await lifetime.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => lifetime.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await lifetime.DisposeAsync().ConfigureAwait(false);
        committed.Dispose();
        DeadLetters.Dispose();
        reading.Dispose();
    }

    public void Dispose()
    {
        lifetime.Dispose();
        committed.Dispose();
        DeadLetters.Dispose();
        reading.Dispose();
    }

    /// <summary>As RudderStack's own Kafka destination keys its messages; null for an event without a user.</summary>
    public static byte[]? KeyOf(RudderEvent rudderEvent)
    {
        string? id = string.IsNullOrEmpty(rudderEvent.UserId) ? rudderEvent.AnonymousId : rudderEvent.UserId;
        return id is null ? null : Encoding.UTF8.GetBytes(id);
    }

    private void Close() => isClosed = true;

    /// <summary>Begins to write an event once the client's buffer has room. Null if the event is dropped.</summary>
    private async Task<Task<ErrorCode>?> BeginAsync(RudderEvent rudderEvent, CancellationToken cancellationToken)
    {
        var message = new Message<byte[]?, byte[]?> { Key = KeyOf(rudderEvent), Value = EventWriter.ToUtf8(rudderEvent.Parsed) };
        while (!isClosed)
        {
            Task<ErrorCode> writing = rudderEvent.Parsed.IsTooDeep ? RejectAsync(rudderEvent, message) : WriteAsync(message);
            if (!writing.IsCompletedSuccessfully || await writing.ConfigureAwait(false) != ErrorCode.Local_QueueFull)
            {
                return writing;
            }

            if (parts.Options.WhenFull == QueueFullMode.DropNewest)
            {
                parts.Log.Dropped();
                await NotifyAsync(rudderEvent, UndeliveredReason.QueueFull, "The Kafka client's buffer is full").ConfigureAwait(false);
                return null;
            }

            await Task.Delay(RoomInterval, parts.Time, cancellationToken).ConfigureAwait(false);
        }

        await NotifyAsync(rudderEvent, UndeliveredReason.Stopped, "The queue takes no more events").ConfigureAwait(false);
        return null;
    }

    private Task NotifyAsync(RudderEvent rudderEvent, UndeliveredReason reason, string message) =>
        parts.Handlers.NotifyAsync(rudderEvent, reason, message);

    /// <summary>Continues if the caller gives up: a flush waits for what is written.</summary>
    private async Task<ErrorCode> WriteAsync(Message<byte[]?, byte[]?> message)
    {
        var topic = new TopicPartition(parts.Options.Topic, Partition.Any);
        (ErrorCode code, TopicPartitionOffset? written) = await context.Producer.WriteAsync(topic, message).ConfigureAwait(false);
        if (written is not null)
        {
            committed.Enqueued(written);
        }

        return code;
    }

    /// <summary>An event that nobody could read from the topic gets its outcome here.</summary>
    private async Task<ErrorCode> RejectAsync(RudderEvent rudderEvent, Message<byte[]?, byte[]?> message)
    {
        EventOutcome outcome = Outcome.Invalid(EventError.TooDeep("") with { MessageId = rudderEvent.MessageId });
        var letter = new DeadLetterMessage(message.Key, message.Value, outcome, parts.Options.Topic);
        ErrorCode code = await context.DeadLetters.WriteAsync(letter).ConfigureAwait(false);
        if (code == ErrorCode.NoError)
        {
            parts.Target.Report([outcome]);
            await parts.Handlers.NotifyAsync(rudderEvent, outcome).ConfigureAwait(false);
        }

        return code;
    }
}
