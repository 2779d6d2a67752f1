using System.CommandLine;
using System.CommandLine.Invocation;
using Microsoft.Extensions.Options;

namespace KafkaWorker;

/// <summary>Parses the command line and runs the worker or the demo. An error is one sentence without a stack trace.</summary>
internal static class KafkaWorkerCommand
{
    private static readonly Option<string?> Bootstrap = new("--bootstrap")
    {
        HelpName = "HOST:PORT,…",
        Description = "The first brokers to connect to",
    };

    private static readonly Option<string?> Topic = new("--topic")
    {
        HelpName = "TOPIC",
        Description = "The topic that RudderStack writes its events to",
    };

    private static readonly Option<string?> Group = new("--group")
    {
        HelpName = "GROUP",
        Description = "The consumer group; workers of a group share the topic. Default: clevertap",
    };

    private static readonly Option<string?> AccountId = new("--account-id")
    {
        HelpName = "ID",
        Description = $"The CleverTap account; or {SettingsReader.AccountIdVariable}",
    };

    private static readonly Option<string?> Passcode = new("--passcode")
    {
        HelpName = "CODE",
        Description = $"The account's passcode; or {SettingsReader.PasscodeVariable}",
    };

    private static readonly Option<string?> Region = new("--region")
    {
        HelpName = "REGION",
        Description = $"The account's region, such as in1; or {SettingsReader.RegionVariable}",
    };

    private static readonly Option<string?> Endpoint = new("--endpoint")
    {
        HelpName = "URL",
        Description = "An address instead of the region's: https, or a loopback address",
    };

    private static readonly Option<int?> MaxInFlight = new("--max-in-flight")
    {
        HelpName = "N",
        Description = "This worker's share of the 15 concurrent uploads of an account. Default: 3",
    };

    private static readonly Option<string?> ClientFile = new("--client-file")
    {
        HelpName = "FILE",
        Description = "Further settings of the Kafka client (SASL, TLS), one name=value a line",
    };

    private static readonly Option<int?> HealthPort = new("--health-port")
    {
        HelpName = "PORT",
        Description = "Serve /healthz and /readyz on this port, for an orchestrator's probes",
    };

    private static readonly Option<bool> Demo = new("--demo")
    {
        Description = "Run a demo with a Kafka mock cluster and a CleverTap emulator in this process",
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new RootCommand("Delivers RudderStack events from a Kafka topic to CleverTap.")
        {
            Bootstrap,
            Topic,
            Group,
            AccountId,
            Passcode,
            Region,
            Endpoint,
            MaxInFlight,
            ClientFile,
            HealthPort,
            Demo,
        };
        command.SetAction(RunAsync);
        ParseResult parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Reject(parsed.Errors[0].Message);
        }

        // The host handles signals itself, so that it can finish its deliveries.
        return await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
        );
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            if (parsed.GetValue(Demo))
            {
                return await DemoCommand.RunAsync(cancellationToken);
            }

            Settings settings = new SettingsReader(Environment.GetEnvironmentVariable).Read(
                new CommandLineOptions
                {
                    Bootstrap = parsed.GetValue(Bootstrap),
                    Topic = parsed.GetValue(Topic),
                    Group = parsed.GetValue(Group),
                    AccountId = parsed.GetValue(AccountId),
                    Passcode = parsed.GetValue(Passcode),
                    Region = parsed.GetValue(Region),
                    Endpoint = parsed.GetValue(Endpoint),
                    MaxInFlight = parsed.GetValue(MaxInFlight),
                    ClientFile = parsed.GetValue(ClientFile),
                    HealthPort = parsed.GetValue(HealthPort),
                }
            );
            return await WorkCommand.RunAsync(settings, cancellationToken);
        }
        catch (WrongUsageException exception)
        {
            return Reject(exception.Message);
        }
        catch (OptionsValidationException exception)
        {
            return Reject(string.Join(' ', exception.Failures));
        }
    }

    private static int Reject(string sentence)
    {
        Console.Error.WriteLine($"{sentence.TrimEnd('.')}. See --help.");
        return ExitCode.WrongUsage;
    }
}
