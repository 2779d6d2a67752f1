using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Refreshes the state of each queue every five seconds, so that gauges and health checks do not wait for disks or brokers.
/// </summary>
internal sealed class QueueMonitor(QueueMetrics metrics, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Dictionary<string, Task> running = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            // The refreshes run in parallel, so that a slow queue does not delay the others.
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
            // The old state remains. A queue reports its faults in its state.
        }
    }
}
