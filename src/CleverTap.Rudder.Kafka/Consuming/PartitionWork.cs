using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>
/// Delivers the messages of one partition, one batch at a time and in order, until the partition is handed over. The consume
/// loop adds messages and asks for the position; the rest happens on tasks of its own.
/// </summary>
internal sealed class PartitionWork : IDisposable
{
    private readonly int partition;
    private readonly Worker worker;

    // Pausing the partition bounds it. Not one for a single reader: that cannot count.
    private readonly Channel<ConsumeResult<byte[]?, byte[]?>> waiting = Channel.CreateUnbounded<ConsumeResult<byte[]?, byte[]?>>();
    private readonly CancellationTokenSource deadline;
    private volatile bool ending;
    private long position = Offset.Unset;

    public PartitionWork(int partition, Worker worker)
    {
        this.partition = partition;
        this.worker = worker;
        deadline = CancellationTokenSource.CreateLinkedTokenSource(worker.OutOfTime);
        Finished = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Ends when nothing is delivered any more.</summary>
    public Task Finished { get; }

    /// <summary>How many messages wait for their batch.</summary>
    public int Waiting => waiting.Reader.Count;

    /// <summary>The offset behind the last message up to which each has its final outcome, and the handlers know; unset before there is one.</summary>
    public Offset Position => Interlocked.Read(ref position);

    public void Add(ConsumeResult<byte[]?, byte[]?> message)
    {
        worker.Queued(1);
        waiting.Writer.TryWrite(message);
    }

    /// <summary>Begins no batch any more. The one under way goes on.</summary>
    public void End()
    {
        ending = true;
        waiting.Writer.TryComplete();
    }

    /// <summary>Time is up for the batch under way too.</summary>
    public void GiveUp() => deadline.Cancel();

    public void Dispose() => deadline.Dispose();

    private async Task RunAsync()
    {
        List<TopicMessage> batch = [];
        while (await GatherAsync(batch).ConfigureAwait(false))
        {
            await DeliverAsync(batch).ConfigureAwait(false);
            worker.Queued(-batch.Count);
            batch.Clear();
        }

        worker.Queued(-batch.Count);
        while (waiting.Reader.TryRead(out _)) worker.Queued(-1);
    }

    /// <summary>Waits for messages: until there are enough, the first has waited long enough, or someone flushes. False where the partition is handed over.</summary>
    private async Task<bool> GatherAsync(List<TopicMessage> batch)
    {
        if (!await waiting.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false)) return false;

        Task waited = Task.Delay(worker.Options.FlushInterval, worker.Time, CancellationToken.None);
        while (!ending)
        {
            while (batch.Count < worker.Shares.Batch && waiting.Reader.TryRead(out ConsumeResult<byte[]?, byte[]?>? message)) batch.Add(new TopicMessage(message, worker.Delivery));
            Task requested = worker.Flushes.Requested;
            if (batch.Count >= worker.Options.FlushSize || waited.IsCompleted || requested.IsCompleted) return true;

            await Task.WhenAny(waiting.Reader.WaitToReadAsync(CancellationToken.None).AsTask(), waited, requested).ConfigureAwait(false);
        }

        return false;
    }

    private async Task DeliverAsync(List<TopicMessage> batch)
    {
        while (!deadline.IsCancellationRequested)
        {
            try
            {
                await DeliverOnceAsync(batch).ConfigureAwait(false);
                return;
            }
            catch (Exception exception)
            {
                // Nothing may end the work on a partition: its events would pile up behind it unseen.
                worker.Logger.PartitionFailed(worker.Options.Topic, partition, exception.GetType(), worker.Options.RetryInterval);
                await Task.Delay(worker.Options.RetryInterval, worker.Time, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DeliverOnceAsync(List<TopicMessage> batch)
    {
        var progress = new BatchProgress(batch);
        List<int> places = [];
        List<(int Place, EventOutcome Outcome)> noEvents = [];
        for (int place = 0; place < batch.Count; place++)
        {
            if (batch[place].Outcome is { } outcome) noEvents.Add((place, outcome));
            else places.Add(place);
        }

        worker.Report([.. noEvents.Select(one => one.Outcome)]);
        await SettleAsync(noEvents).ConfigureAwait(false);
        await worker.Delivery.DeliverAsync(
            [.. places.Select(place => batch[place].Event!)],
            outcomes => SettleAsync([.. outcomes.Select(outcome => (places[outcome.Index], outcome))]),
            deadline.Token).ConfigureAwait(false);
        Advance();

        async Task SettleAsync(List<(int Place, EventOutcome Outcome)> outcomes)
        {
            // What was settled before this has been told to the handlers by now: a crash may tell it twice, never leave it out.
            Advance();
            List<(TopicMessage, EventOutcome)> refused = [.. outcomes.Where(one => Outcome.IsDeadLetter(one.Outcome)).Select(one => (batch[one.Place], one.Outcome))];
            bool areKept = await worker.DeadLetters.WriteAsync(refused, deadline.Token).ConfigureAwait(false);
            foreach ((int place, EventOutcome outcome) in outcomes)
            {
                if (areKept || !Outcome.IsDeadLetter(outcome)) progress.Settle(place);
            }
        }

        void Advance()
        {
            if (progress.Position() is { } behind) Interlocked.Exchange(ref position, behind);
        }
    }
}
