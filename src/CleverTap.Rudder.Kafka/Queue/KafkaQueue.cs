using System.Text;
using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Kafka.Client;
using CleverTap.Rudder.Internal.Kafka.Consuming;
using CleverTap.Rudder.Internal.Kafka.DeadLetters;
using CleverTap.Rudder.Internal.Queues;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Kafka.Queue;

/// <summary>A queue in a Kafka topic: it writes enqueued events to the topic, and its worker delivers what it reads from there.</summary>
internal sealed class KafkaQueue : ICleverTapQueue, IUserEvents, IQueueState, IHostedService, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan CommitPollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BufferFullDelay = TimeSpan.FromMilliseconds(20);

    private readonly QueueDependencies<KafkaConsumerOptions> dependencies;
    private readonly ConsumerContext context;
    private readonly CommittedOffsets committed;
    private readonly TopicStatus status;
    private readonly KafkaWorker worker;
    private readonly QueueLifetime lifetime;
    private volatile bool isStarted;
    private volatile bool isClosed;

    public KafkaQueue(QueueDependencies<KafkaConsumerOptions> dependencies)
    {
        this.dependencies = dependencies;
        context = new ConsumerContext(dependencies);
        committed = new CommittedOffsets(dependencies.Options, context.Errors, context.Logger);
        status = new TopicStatus(context);
        worker = new KafkaWorker(context);
        DeadLetters = new KafkaDeadLetters(context, WriteAsync);
        lifetime = new QueueLifetime(
            dependencies,
            worker,
            context.Flushes,
            isDurable: true,
            Close,
            () => Task.FromResult(worker.RemainingCount)
        );
    }

    public KafkaDeadLetters DeadLetters { get; }

    public QueueState State => status.AddTo(new QueueState(dependencies.Depth, context.OldestAge));

    /// <summary>Writes an event to the topic, also before the start: any worker of the group can deliver it.</summary>
    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        return await EnqueueAsync([rudderEvent], cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Starts to write all events in their order, then waits for all writes.</summary>
    public async ValueTask<int> EnqueueAsync(IEnumerable<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        RudderEvent[] batch = Array.ConvertAll(EventBatch.ToArray(events), dependencies.WithArrivalTime);
        cancellationToken.ThrowIfCancellationRequested();
        List<Task<ErrorCode>> writes = [];
        foreach (RudderEvent rudderEvent in batch)
        {
            if (await StartWriteAsync(rudderEvent, cancellationToken).ConfigureAwait(false) is { } write)
            {
                writes.Add(write);
            }
        }

        ErrorCode[] codes = await Task.WhenAll(writes).WaitAsync(cancellationToken).ConfigureAwait(false);
        ErrorCode failed = Array.Find(codes, code => code != ErrorCode.NoError);
        return failed == ErrorCode.NoError ? codes.Length : throw CleverTapKafkaException.NotWritten(dependencies.Options.Topic, failed);
    }

    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (!isStarted)
        {
            return false;
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IReadOnlyDictionary<TopicPartition, long> targets = committed.GetTargets();
        Task ended = context.Flushes.RequestAsync(done.Token);
        worker.RetryNow();
        try
        {
            return await WaitUntilCommittedAsync(targets, ended, done.Token).ConfigureAwait(false);
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

    public Task RefreshAsync(CancellationToken cancellationToken) => status.RefreshAsync(cancellationToken);

    /// <summary>Removes only events that this worker is delivering: a topic cannot delete single messages.</summary>
    public async Task RemoveAsync(UserSet users, CancellationToken cancellationToken)
    {
        context.Logger.UsersDeleted(dependencies.Options.Topic, users.Count, dependencies.Options.DeadLetterTopic);
        await dependencies.Target.RemoveAsync(users).WaitAsync(cancellationToken).ConfigureAwait(false);
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
        status.Dispose();
    }

    public void Dispose()
    {
        lifetime.Dispose();
        committed.Dispose();
        DeadLetters.Dispose();
        status.Dispose();
    }

    /// <summary>Gets the message key that RudderStack's Kafka destination would use: the user's id, or null without one.</summary>
    public static byte[]? GetMessageKey(RudderEvent rudderEvent)
    {
        string? id = string.IsNullOrEmpty(rudderEvent.UserId) ? rudderEvent.AnonymousId : rudderEvent.UserId;
        return id is null ? null : Encoding.UTF8.GetBytes(id);
    }

    private void Close() => isClosed = true;

    /// <summary>Polls the group's offsets until they reach the targets. Returns false if the queue ends first.</summary>
    private async Task<bool> WaitUntilCommittedAsync(
        IReadOnlyDictionary<TopicPartition, long> targets,
        Task ended,
        CancellationToken cancellationToken
    )
    {
        while (!await committed.HaveReachedAsync(targets).WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ended.IsCompleted)
            {
                return false;
            }

            await Task.WhenAny(ended, Task.Delay(CommitPollInterval, dependencies.Time, cancellationToken)).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Starts to write an event as soon as the client's buffer accepts it. Returns null if the event is dropped.</summary>
    private async Task<Task<ErrorCode>?> StartWriteAsync(RudderEvent rudderEvent, CancellationToken cancellationToken)
    {
        var message = new Message<byte[]?, byte[]?> { Key = GetMessageKey(rudderEvent), Value = EventWriter.ToUtf8(rudderEvent.Parsed) };
        while (!isClosed)
        {
            Task<ErrorCode> writing = rudderEvent.Parsed.IsTooDeep ? WriteTooDeepAsync(rudderEvent, message) : WriteAsync(message);
            if (!writing.IsCompletedSuccessfully || await writing.ConfigureAwait(false) != ErrorCode.Local_QueueFull)
            {
                return writing;
            }

            if (dependencies.Options.WhenFull == QueueFullMode.DropNewest)
            {
                dependencies.Log.Dropped();
                await dependencies
                    .ReportAsync(rudderEvent, UndeliveredReason.QueueFull, "The Kafka client's buffer is full")
                    .ConfigureAwait(false);
                return null;
            }

            await Task.Delay(BufferFullDelay, dependencies.Time, cancellationToken).ConfigureAwait(false);
        }

        await dependencies.ReportAsync(rudderEvent, UndeliveredReason.Stopped, "The queue accepts no more events").ConfigureAwait(false);
        return null;
    }

    /// <summary>Writes an event. It cannot be canceled, because a flush waits for every written event.</summary>
    private async Task<ErrorCode> WriteAsync(Message<byte[]?, byte[]?> message)
    {
        var topic = new TopicPartition(dependencies.Options.Topic, Partition.Any);
        (ErrorCode code, TopicPartitionOffset? written) = await context.Producer.WriteAsync(topic, message).ConfigureAwait(false);
        if (written is not null)
        {
            committed.AddWritten(written);
        }

        return code;
    }

    /// <summary>Writes an event that is nested too deep to be read from the topic as a dead letter, and notifies its outcome.</summary>
    private async Task<ErrorCode> WriteTooDeepAsync(RudderEvent rudderEvent, Message<byte[]?, byte[]?> message)
    {
        EventOutcome outcome = Outcome.Invalid(EventError.TooDeep("") with { MessageId = rudderEvent.MessageId });
        var letter = new DeadLetterMessage(message.Key, message.Value, outcome, dependencies.Options.Topic);
        ErrorCode code = await context.DeadLetters.WriteAsync(letter).ConfigureAwait(false);
        if (code == ErrorCode.NoError)
        {
            await dependencies.ReportAsync(rudderEvent, outcome).ConfigureAwait(false);
        }

        return code;
    }
}
