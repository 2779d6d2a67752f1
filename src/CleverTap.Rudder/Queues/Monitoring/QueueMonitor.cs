using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Lets each queue ask its disk or brokers every few seconds, so that gauges and health checks need not wait for them.</summary>
internal sealed class QueueMonitor(QueueMetrics metrics, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Dictionary<string, Task> running = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            // A queue that is slow to respond delays no other.
            foreach ((string name, IQueueState queue) in metrics.Queues)
            {
                if (running.GetValueOrDefault(name) is not { IsCompleted: false })
                {
                    running[name] = Task.Run(() => TryRefreshAsync(queue, stoppingToken), CancellationToken.None);
                }
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running.Values).ConfigureAwait(false);
    }

    private static async Task TryRefreshAsync(IQueueState queue, CancellationToken stoppingToken)
    {
        try
        {
            await queue.RefreshAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The state is the one of before: a queue reports its own faults.
        }
    }
}
