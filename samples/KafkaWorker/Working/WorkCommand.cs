using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace KafkaWorker;

/// <summary>Runs a worker until the process receives a signal.</summary>
internal static class WorkCommand
{
    public static async Task<int> RunAsync(Settings settings, CancellationToken cancellationToken)
    {
        var counts = new OutcomeCounts();
        HostApplicationBuilder builder = WorkerHost.Create(settings, counts);
        builder.Logging.AddFilter("CleverTap.Rudder", LogLevel.Information);
        builder.Services.AddHostedService(_ => new CountsPrinter(counts));
        AddOperations(builder, settings);
        builder.Services.AddSingleton<IHostLifetime, Microsoft.Extensions.Hosting.Internal.ConsoleLifetime>();
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        using IHost host = builder.Build();
        await host.StartAsync(cancellationToken);
        Console.WriteLine($"Working on {settings}. Ctrl+C stops.");
        await host.WaitForShutdownAsync(cancellationToken);
        Console.WriteLine($"Stopped: {counts}");
        return ExitCode.Done;
    }

    /// <summary>Adds probes, and metrics if the environment names a collector.</summary>
    private static void AddOperations(HostApplicationBuilder builder, Settings settings)
    {
        builder.Configuration.AddEnvironmentVariables();
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder
                .Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("clevertap-kafka-worker"))
                .WithMetrics(metrics => metrics.AddMeter("CleverTap.Rudder").AddOtlpExporter());
        }

        if (settings.HealthPort is { } port)
        {
            builder.Services.AddHostedService(provider => new ProbeServer(provider.GetRequiredService<HealthCheckService>(), port));
        }
    }
}
