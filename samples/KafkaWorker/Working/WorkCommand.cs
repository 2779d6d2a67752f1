using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KafkaWorker;

/// <summary>Works until it is asked to stop.</summary>
internal static class WorkCommand
{
    public static async Task<int> RunAsync(Settings settings, CancellationToken cancellationToken)
    {
        var counts = new OutcomeCounts();
        HostApplicationBuilder builder = WorkerHost.Create(settings, counts);
        builder.Logging.AddFilter("CleverTap.Rudder", LogLevel.Information);
        builder.Services.AddHostedService(_ => new CountsPrinter(counts));
        builder.Services.AddSingleton<IHostLifetime, Microsoft.Extensions.Hosting.Internal.ConsoleLifetime>();
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        using IHost host = builder.Build();
        await host.StartAsync(cancellationToken);
        Console.WriteLine($"Working on {settings}. Ctrl+C stops.");
        await host.WaitForShutdownAsync(cancellationToken);
        Console.WriteLine($"Stopped: {counts}");
        return ExitCode.Done;
    }
}
