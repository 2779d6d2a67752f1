using CleverTap.Rudder.Internal.Kafka.Registration;
using CleverTap.Rudder.Internal.Queues;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Runs the consume loop and the processors of its partitions.</summary>
internal sealed class KafkaWorker(ConsumerContext context) : IQueueWorker
{
    /// <summary>How long the client may take to leave the group when the time is up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long brokers that have been away may take to respond when the host stops.</summary>
    private static readonly TimeSpan BrokerTime = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource outOfTime = new();
    private ConsumerLoop? loop;
    private Task consuming = Task.CompletedTask;

    /// <summary>How many events were read and are left to the next worker.</summary>
    public int RemainingCount => loop?.RemainingCount ?? 0;

    /// <summary>Opens the clients and begins to consume.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The client does not take its settings.</exception>
    public void Start()
    {
        loop = new ConsumerLoop(context, outOfTime.Token);
        consuming = loop.RunAsync(KafkaClients.Open(context, loop), stopping.Token);
    }

    /// <summary>The consume loop polls, and wakes its partitions while somebody flushes.</summary>
    public void Hurry() => context.Queue.Target.RetryNow();

    /// <summary>Hands the partitions over, leaves the group, and waits for what is being written.</summary>
    public async Task StopAsync(bool drains, CancellationToken outOfTime)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        using (outOfTime.Register(this.outOfTime.Cancel))
        {
            Task written = Task.Run(() => context.Producer.Flush(this.outOfTime.Token), CancellationToken.None);
            Task ended = Task.WhenAll(consuming, written);
            Task watching = WatchBrokersAsync(ended);
            await ended.WaitAsync(this.outOfTime.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // A client that reaches no broker may take longer to leave: its thread ends when it is through.
            await ended.WaitAsync(Grace, context.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await watching.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        context.Producer.Dispose();
        stopping.Dispose();
        outOfTime.Dispose();
    }

    /// <summary>
    /// Ends the stop if no broker responds: nothing can be written then, nor any outcome be committed, and to go on would only deliver
    /// events twice.
    /// </summary>
    private async Task WatchBrokersAsync(Task ended)
    {
        while (!ended.IsCompleted && !outOfTime.IsCancellationRequested)
        {
            if (
                context.Errors.WereAllBrokersDown
                && !await Task.Run(() => context.Producer.CanReachBroker(BrokerTime)).ConfigureAwait(false)
            )
            {
                await outOfTime.CancelAsync().ConfigureAwait(false);
                return;
            }

            await Task.WhenAny(ended, Task.Delay(BrokerTime, context.Time, outOfTime.Token)).ConfigureAwait(false);
        }
    }
}
