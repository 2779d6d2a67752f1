using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>The topic as a queue: what is enqueued is written to it, and the worker delivers what it reads from it.</summary>
internal sealed class KafkaQueue : ICleverTapQueue, IHostedService, IDisposable
{
    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RoomInterval = TimeSpan.FromMilliseconds(20);

    private readonly Worker worker;
    private readonly OutcomeHandlers handlers;
    private readonly TopicWriter writer;
    private readonly CommittedOffsets committed;
    private readonly CancellationTokenSource outOfTime;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConsumeLoop loop;
    private Task consuming = Task.CompletedTask;

    public KafkaQueue(Worker worker, OutcomeHandlers handlers, TopicWriter writer, CancellationTokenSource outOfTime)
    {
        this.worker = worker;
        this.handlers = handlers;
        this.writer = writer;
        this.outOfTime = outOfTime;
        committed = new CommittedOffsets(worker.Options, worker.Errors, worker.Logger);
        loop = new ConsumeLoop(worker);
    }

    private string Topic => worker.Options.Topic;

    public async ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        cancellationToken.ThrowIfCancellationRequested();
        var message = new Message<byte[]?, byte[]?> { Key = KeyOf(rudderEvent), Value = EventWriter.ToUtf8(rudderEvent.Index) };
        while (!stopping.IsCancellationRequested)
        {
            ErrorCode code = await WriteAsync(message).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (code == ErrorCode.NoError) return true;
            if (code != ErrorCode.Local_QueueFull) throw new CleverTapKafkaException(Topic, code.ToString());
            if (worker.Options.WhenFull == QueueFullMode.DropNewest)
            {
                worker.Logger.Dropped(worker.Name);
                await handlers.TellAsync(rudderEvent, UndeliveredReason.QueueFull, "The Kafka client's buffer was full").ConfigureAwait(false);
                return false;
            }

            await Task.Delay(RoomInterval, worker.Time, cancellationToken).ConfigureAwait(false);
        }

        await handlers.TellAsync(rudderEvent, UndeliveredReason.Stopped, "The host is stopping").ConfigureAwait(false);
        return false;
    }

    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<TopicPartition, long> targets = committed.Targets();
        worker.Flushes.Begin();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (await committed.ReachAsync(targets).ConfigureAwait(false)) return true;
                if (stopping.IsCancellationRequested && consuming.IsCompleted) return false;
                await Task.Delay(AskInterval, worker.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return false;
        }
        finally
        {
            worker.Flushes.End();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        consuming = loop.RunAsync(KafkaStart.Open(worker.Options, writer, loop), stopping.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        using (cancellationToken.Register(GiveUp)) await consuming.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Run(() => writer.Flush(worker.Options.ShutdownDeadline), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        worker.Logger.WorkerStopped(Topic);
    }

    public void Dispose()
    {
        stopping.Cancel();
        writer.Dispose();
        committed.Dispose();
        handlers.Dispose();
    }

    /// <summary>As RudderStack's own Kafka destination keys its messages; null for nobody's.</summary>
    private static byte[]? KeyOf(RudderEvent rudderEvent)
    {
        string? id = string.IsNullOrEmpty(rudderEvent.UserId) ? rudderEvent.AnonymousId : rudderEvent.UserId;
        return id is null ? null : Encoding.UTF8.GetBytes(id);
    }

    /// <summary>Goes on where the caller has given up: what is written is waited for by a flush.</summary>
    private async Task<ErrorCode> WriteAsync(Message<byte[]?, byte[]?> message)
    {
        (ErrorCode code, TopicPartitionOffset? written) = await writer.WriteAsync(Topic, message).ConfigureAwait(false);
        if (written is not null) committed.Enqueued(written);
        return code;
    }

    /// <summary>The host's own patience is at its end.</summary>
    private void GiveUp()
    {
        outOfTime.Cancel();
        handlers.StopWaiting();
    }
}
