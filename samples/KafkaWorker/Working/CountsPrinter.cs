using Microsoft.Extensions.Hosting;

namespace KafkaWorker;

/// <summary>Prints a line every few seconds in which something happened.</summary>
internal sealed class CountsPrinter(OutcomeCounts counts) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        long before = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            long now = counts.Total;
            if (now > before)
            {
                Console.WriteLine($"{counts} ({(now - before) / Interval.TotalSeconds:N0} a second)");
            }

            before = now;
        }
    }
}
