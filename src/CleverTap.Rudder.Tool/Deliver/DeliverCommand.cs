using System.CommandLine;
using System.Diagnostics;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Emulator;
using CleverTap.Rudder.Tool.Input;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary><c>deliver</c>: transforms and delivers the events, and reports one outcome for each.</summary>
internal static class DeliverCommand
{
    // The emulator shows what the last events did, and need not remember all of a large input.
    private static readonly CleverTapEmulatorOptions SmallEmulator = new()
    {
        MaxStoredEvents = 100,
        MaxStoredProfiles = 100,
        MaxStoredRequests = 0,
        MaxStoredRejected = 0,
    };

    public static Command Create()
    {
        var command = new Command("deliver", "Deliver the events to CleverTap, and report one outcome for each");
        DeliverArguments arguments = new(command);
        command.SetAction((parsed, token) => RunAsync(arguments.Read(parsed), token));
        return command;
    }

    private static async Task<int> RunAsync(DeliverRun run, CancellationToken cancellationToken)
    {
        await using CleverTapEmulator? emulator = run.UsesEmulator
            ? await CleverTapEmulator.StartAsync(SmallEmulator, cancellationToken)
            : null;
        if (emulator is not null)
        {
            Account account = new(emulator.AccountId, emulator.Passcode, "");
            run = run with { Settings = run.Settings with { Account = account, Endpoint = emulator.Endpoint } };
        }

        await using var destinations = new Destinations(run.Settings);
        destinations.Check();
        using InputFile? input = run.Resume ? null : InputFile.Open(run.File);
        using Screen? screen = run.IsJson ? null : Screen.Open();
        using IDeliveryReport report = screen is null
            ? new JsonDeliveryReport()
            : new ScreenDeliveryReport(screen, run.Describe(input), run.DescribeTarget());

        var clock = Stopwatch.StartNew();
        OutcomeTally outcomes = new();
        DeliverySummary summary = await ProgressDisplay.RunAsync(
            screen?.Terminal ?? ProgressDisplay.StandardError(),
            input,
            async progress =>
            {
                Delivery delivery = await DeliverAsync(run, input, destinations, Add, report, cancellationToken);
                return new DeliverySummary(outcomes, clock.Elapsed, delivery);

                void Add(LineOutcome outcome)
                {
                    outcomes.Add(outcome.Outcome.Kind);
                    report.Add(outcome.Redact(destinations.Redact));
                    progress(outcomes.Total);
                }
            }
        );
        report.Finish(summary);
        if (emulator is not null && screen is not null)
        {
            StoredReport.Write(screen, emulator);
        }

        return summary.IsUnfinished ? ExitCode.Unfinished : ExitCode.Done;
    }

    /// <summary>Delivers, and reports how far the input was read.</summary>
    private static async Task<Delivery> DeliverAsync(
        DeliverRun run,
        InputFile? input,
        Destinations destinations,
        Action<LineOutcome> add,
        IDeliveryReport report,
        CancellationToken cancellationToken
    )
    {
        InputReader? reader = input is null ? null : new InputReader(input);
        if (run.Outbox is not null)
        {
            var delivery = new OutboxDelivery(run.Settings, run.Settings.Account!, run.Outbox, add, report.Flush);
            return await delivery.RunAsync(reader, report.Start, cancellationToken);
        }

        await using var direct = new DirectDelivery(destinations, run.Settings);
        string? fault = null;
        bool isStarted = false;
        try
        {
            await direct.SendAsync(reader!, StartAndAdd, report.Flush, cancellationToken);
        }
        catch (InputException exception)
        {
            fault = exception.Message;
        }

        Start();
        return new Delivery(cancellationToken.IsCancellationRequested ? reader!.LastLine : null, null, fault);

        void StartAndAdd(LineOutcome outcome)
        {
            Start();
            add(outcome);
        }

        void Start()
        {
            if (!isStarted)
            {
                isStarted = true;
                report.Start();
            }
        }
    }
}
