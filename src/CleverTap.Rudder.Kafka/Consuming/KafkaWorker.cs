using CleverTap.Rudder.Internal.Queues;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Starts and stops the consumer loop and its partition processors.</summary>
internal sealed class KafkaWorker(ConsumerContext context) : IQueueWorker
{
    /// <summary>How long the client may take to leave the group after the deadline.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    /// <summary>How long brokers that were down may take to respond during a stop.</summary>
    private static readonly TimeSpan BrokerTimeout = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource deadline = new();
    private ConsumerLoop? loop;
    private Task consuming = Task.CompletedTask;

    /// <summary>The number of events that were read and are left to the next worker.</summary>
    public int RemainingCount => loop?.RemainingCount ?? 0;

    /// <summary>Opens the clients and starts to consume.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The client rejects its settings.</exception>
    public void Start()
    {
        loop = new ConsumerLoop(context, deadline.Token);
        consuming = loop.RunAsync(KafkaClients.Open(context, loop), stopping.Token);
    }

    /// <summary>Retries pending uploads at once. The consumer loop wakes its partitions while a flush waits.</summary>
    public void RetryNow() => context.Queue.Target.RetryNow();

    /// <summary>Hands the partitions over, leaves the group and waits for pending writes.</summary>
    public async Task StopAsync(bool drains, CancellationToken outOfTime)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        using (outOfTime.Register(deadline.Cancel))
        {
            Task written = Task.Run(() => context.Producer.Flush(deadline.Token), CancellationToken.None);
            Task ended = Task.WhenAll(consuming, written);
            Task watching = WatchBrokersAsync(ended);
            await ended.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // A client that reaches no broker may take longer to leave the group; its thread then ends later.
            await ended.WaitAsync(GracePeriod, context.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await watching.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        context.Producer.Dispose();
        stopping.Dispose();
        deadline.Dispose();
    }

    /// <summary>Ends the stop if no broker responds.</summary>
    /// <remarks>No offset can be committed without brokers, so that further deliveries would only be duplicates.</remarks>
    private async Task WatchBrokersAsync(Task ended)
    {
        while (!ended.IsCompleted && !deadline.IsCancellationRequested)
        {
            if (
                context.Errors.WereAllBrokersDown
                && !await Task.Run(() => context.Producer.CanReachBroker(BrokerTimeout)).ConfigureAwait(false)
            )
            {
                await deadline.CancelAsync().ConfigureAwait(false);
                return;
            }

            await Task.WhenAny(ended, Task.Delay(BrokerTimeout, context.Time, deadline.Token)).ConfigureAwait(false);
        }
    }
}
