using Microsoft.Extensions.Hosting;

namespace KafkaWorker;

/// <summary>Prints the counts every five seconds if they changed.</summary>
internal sealed class CountsPrinter(OutcomeCounts counts) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        long previous = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            long current = counts.Total;
            if (current > previous)
            {
                Console.WriteLine($"{counts} ({(current - previous) / Interval.TotalSeconds:N0} a second)");
            }

            previous = current;
        }
    }
}
