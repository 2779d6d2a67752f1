using System.CommandLine;
using System.CommandLine.Invocation;
using CleverTap.Rudder;

namespace Quickstart;

/// <summary>The command line: its options, and one sentence instead of a stack trace where it cannot be run.</summary>
internal static class QuickstartCommand
{
    private static readonly Option<string?> Input = new("--input")
    {
        HelpName = "FILE|-",
        Description = "Events as NDJSON, one a line; - reads standard input. Without it: the guide's sample calls",
    };

    private static readonly Option<bool> Transform = new("--transform")
    {
        Description = "Print what each line becomes, as NDJSON, and deliver nothing",
    };

    private static readonly Option<string> Preset = new("--preset")
    {
        HelpName = "default|rudder-transformer",
        Description = "How events become records",
        DefaultValueFactory = _ => SettingsReader.DefaultPreset,
    };

    private static readonly Option<string?> AccountId = new("--account-id")
    {
        HelpName = "ID",
        Description = $"Deliver to this CleverTap account instead of the emulator; or {SettingsReader.AccountIdVariable}",
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
        Description = "The service's address in place of the region's: https, or a loopback address",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "CleverTap checks the records and stores nothing" };

    private static readonly Option<string?> Outbox = new("--outbox")
    {
        HelpName = "PATH",
        Description = "Put the events into this file first, so that a crash loses none, then deliver",
    };

    private static readonly Option<bool> Resume = new("--resume") { Description = "Deliver what is left in the outbox; read no input" };

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new RootCommand("RudderStack events become CleverTap profiles and events.")
        {
            Input,
            Transform,
            Preset,
            AccountId,
            Passcode,
            Region,
            Endpoint,
            DryRun,
            Outbox,
            Resume,
        };
        command.SetAction(RunAsync);
        ParseResult parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Reject(parsed.Errors[0].Message);
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) }
        );
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            Settings settings = new SettingsReader(Environment.GetEnvironmentVariable).Read(
                parsed.GetValue(Input),
                parsed.GetValue(Transform),
                parsed.GetValue(Preset),
                new GivenAccount(parsed.GetValue(AccountId), parsed.GetValue(Passcode), parsed.GetValue(Region)),
                parsed.GetValue(Endpoint),
                parsed.GetValue(DryRun),
                parsed.GetValue(Outbox),
                parsed.GetValue(Resume)
            );
            using InputFile input = settings.Resume ? InputFile.Outbox(settings.Outbox!) : InputFile.Open(settings.Input);
            return settings.TransformOnly
                ? await TransformCommand.RunAsync(settings, input, cancellationToken)
                : await DeliverCommand.RunAsync(settings, input, cancellationToken);
        }
        catch (WrongUsageException exception)
        {
            return Reject(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or SqliteOutboxException)
        {
            await Console.Error.WriteLineAsync($"The run broke off: {exception.Message}");
            return ExitCode.Unfinished;
        }
    }

    private static int Reject(string sentence)
    {
        Console.Error.WriteLine($"{sentence.TrimEnd('.')}. See --help.");
        return ExitCode.WrongUsage;
    }
}
