using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder;

/// <summary>Lets each queue ask its disk or brokers every few seconds, so that gauges and health checks need not wait for them.</summary>
internal sealed class QueueMonitor(CleverTapMetrics metrics, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(metrics.Queues.Values.Select(queue => Task.Run(() => RepeatAsync(queue, stoppingToken), CancellationToken.None)));

    private async Task RepeatAsync(IQueueState queue, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await queue.RefreshAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The state is the one of before: a queue reports its own faults.
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
