using System.CommandLine;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>The command line of <c>deliver</c>.</summary>
internal sealed class DeliverArguments
{
    private readonly Argument<string?> file = InputArguments.CreateFile();
    private readonly AccountArguments account = new();
    private readonly MappingArguments mapping = new();
    private readonly Option<bool> json = InputArguments.CreateJson(
        "Write one line of JSON for each outcome, and the summary as JSON to standard error"
    );

    private readonly Option<bool> emulator = new("--emulator")
    {
        Description = "Deliver to an emulator in this process, and show what it stores",
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "CleverTap checks the records and stores nothing" };

    private readonly Option<string?> outbox = new("--outbox")
    {
        HelpName = "PATH",
        Description = "Put the events into this SQLite file first, so that a crash loses none, then deliver",
    };

    private readonly Option<bool> resume = new("--resume") { Description = "Deliver what is left in the outbox; read no input" };

    private readonly Option<TimeSpan?> giveUpAfter = new("--give-up-after")
    {
        HelpName = "TIME",
        Description =
            "Send an event that fails again for about this time and that of its requests, as 30s or 3h. Default 8 attempts; 3h with --outbox",
        CustomParser = Duration.Parse,
    };

    private readonly Option<int?> maxInFlight = new("--max-in-flight")
    {
        HelpName = "N",
        Description = "The maximum number of uploads at once, 1 to 15. Default 3",
    };

    private readonly Option<TimeSpan?> timeout = new("--timeout")
    {
        HelpName = "TIME",
        Description = "The longest time of one request. Default 30s",
        CustomParser = Duration.Parse,
    };

    public DeliverArguments(Command command)
    {
        command.Arguments.Add(file);
        account.AddTo(command);
        mapping.AddTo(command);
        Option[] options = [emulator, dryRun, outbox, resume, giveUpAfter, maxInFlight, timeout, json];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="WrongUsageException">Options are missing or do not fit together.</exception>
    public DeliverRun Read(ParseResult parsed)
    {
        RudderDestinationConfig? config = mapping.ReadConfig(parsed);
        DeliverRun run = new()
        {
            File = parsed.GetValue(file),
            Outbox = parsed.GetValue(outbox),
            Resume = parsed.GetValue(resume),
            UsesEmulator = parsed.GetValue(emulator),
            IsJson = parsed.GetValue(json),
            Settings = new DeliverySettings
            {
                Mapping = mapping.Read(parsed),
                DryRun = parsed.GetValue(dryRun),
                GiveUpAfter = parsed.GetValue(giveUpAfter),
                MaxInFlight = parsed.GetValue(maxInFlight),
                Timeout = parsed.GetValue(timeout),
            },
        };
        Check(run);
        if (run.UsesEmulator)
        {
            return account.IsGiven(parsed) ? throw new WrongUsageException("--emulator takes no account and no --endpoint") : run;
        }

        DeliverySettings settings = run.Settings with { Account = account.Read(parsed, config), Endpoint = account.ReadEndpoint(parsed) };
        return settings.Account is null && run.Outbox is not null
            ? throw new WrongUsageException($"--outbox needs an account: {AccountArguments.AccountIdVariable} or --account-id")
            : run with
            {
                Settings = settings,
            };
    }

    private static void Check(DeliverRun run)
    {
        if (run.Outbox is { } path && string.IsNullOrWhiteSpace(path))
        {
            throw new WrongUsageException("--outbox is empty");
        }

        if (run.Resume && (run.Outbox is null || run.File is not null))
        {
            throw new WrongUsageException("--resume needs --outbox, and takes no input");
        }

        if (run is { Resume: true, Outbox: { } outboxPath } && !System.IO.File.Exists(outboxPath))
        {
            throw new WrongUsageException($"--outbox does not exist: {outboxPath}");
        }
    }
}
