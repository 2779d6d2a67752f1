using CleverTap.Rudder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KafkaWorker;

/// <summary>Creates the host of a worker, with everything that an application needs.</summary>
internal static class WorkerHost
{
    public static HostApplicationBuilder Create(Settings settings, OutcomeCounts counts)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);

        // The command prints a failed start as one sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder
            .Services.AddCleverTapDestination(options =>
            {
                options.AccountId = settings.AccountId;
                options.Passcode = settings.Passcode;
                options.Region = settings.Region;
                options.Endpoint = settings.Endpoint;
                options.CredentialsCheck = CredentialsCheckMode.Fail;
                options.MaxInFlight = settings.MaxInFlight ?? options.MaxInFlight;
            })
            .AddKafkaConsumer(
                settings.Topic,
                options =>
                {
                    options.BootstrapServers = settings.Bootstrap;
                    options.GroupId = settings.Group;
                    foreach ((string setting, string value) in settings.Client)
                    {
                        options.Client[setting] = value;
                    }
                }
            )
            .AddOutcomeHandler(counts.AddAsync);
        builder.Services.AddHealthChecks().AddCleverTapDestination();
        return builder;
    }
}
