namespace CleverTap.Rudder;

/// <summary>Runs the consume loop and the processors of its partitions.</summary>
internal sealed class KafkaWorker(ConsumerContext context) : IQueueWorker
{
    /// <summary>How long the client may take to leave the group when the time is up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource outOfTime = new();
    private ConsumeLoop? loop;
    private Task consuming = Task.CompletedTask;

    /// <summary>How many events were read and are left to the next worker.</summary>
    public int Left => loop?.Left ?? 0;

    /// <summary>Opens the clients and begins to consume.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The client does not take its settings.</exception>
    public void Start()
    {
        loop = new ConsumeLoop(context, outOfTime.Token);
        consuming = loop.RunAsync(KafkaStart.Open(context, loop), stopping.Token);
    }

    /// <summary>The consume loop polls, and wakes its partitions if somebody flushes.</summary>
    public void Wake()
    {
    }

    /// <summary>Hands the partitions over, leaves the group, and waits for what is being written.</summary>
    public async Task StopAsync(bool drains, CancellationToken outOfTime)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        using (outOfTime.Register(this.outOfTime.Cancel))
        {
            Task written = Task.Run(() => context.Producer.Flush(outOfTime), CancellationToken.None);
            Task ended = Task.WhenAll(consuming, written);
            await ended.WaitAsync(outOfTime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // A client that reaches no broker may take longer to leave: its thread ends when it is through.
            await ended.WaitAsync(Grace, context.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        context.Producer.Dispose();
        stopping.Dispose();
        outOfTime.Dispose();
    }
}
