using CleverTap.Rudder;
using CleverTap.Rudder.Testing;

namespace Quickstart;

/// <summary>Transforms, delivers, and tells what became of every line.</summary>
internal static class DeliverCommand
{
    // The emulator shows what the last events did; it does not have to remember a whole day's.
    private static readonly CleverTapEmulatorOptions Bounded = new()
    {
        MaxStoredEvents = 100,
        MaxStoredProfiles = 100,
        MaxStoredRequests = 0,
        MaxStoredRejected = 0,
    };

    public static async Task<int> RunAsync(Settings settings, InputFile input, CancellationToken cancellationToken)
    {
        await using CleverTapEmulator? emulator = settings.UsesEmulator
            ? await CleverTapEmulator.StartAsync(Bounded, cancellationToken)
            : null;
        if (emulator is not null)
        {
            settings = settings with { Account = new Account(emulator.AccountId, emulator.Passcode, ""), Endpoint = emulator.Endpoint };
        }

        await using var destinations = new Destinations(settings);
        destinations.Check();

        using var printer = Printers.ForStandardOutput();
        using var progress = new Progress(input.Length, isShown: true);
        var report = new RunReport(printer, progress);
        var reader = new InputReader(input.Stream);
        bool isLeft = false;
        if (settings.Outbox is null)
        {
            report.Start(settings, input, isEmulated: emulator is not null);
            await DeliverAsync(reader, new Deliverer(destinations), report, cancellationToken);
        }
        else
        {
            isLeft = !await new OutboxDelivery(settings, settings.Account!, report).RunAsync(
                reader,
                () => report.Start(settings, input, isEmulated: emulator is not null),
                cancellationToken
            );
        }

        report.Warnings();
        if (emulator is not null)
        {
            StoredReport.Print(printer, emulator);
        }

        if (isLeft)
        {
            printer.Line($"Not everything got through: the rest is in the outbox {settings.Outbox}; --resume delivers it.", Tone.Bad);
        }

        report.Summary(isStopped: cancellationToken.IsCancellationRequested, input.IsBundled);
        return cancellationToken.IsCancellationRequested || isLeft || report.Tally[OutcomeKind.Undelivered] > 0
            ? ExitCode.Unfinished
            : ExitCode.Done;
    }

    private static async Task DeliverAsync(InputReader reader, Deliverer deliverer, RunReport report, CancellationToken cancellationToken)
    {
        var chunks = new ChunkReader(reader);
        try
        {
            while (!cancellationToken.IsCancellationRequested && await chunks.ReadAsync(cancellationToken) is { Count: > 0 } lines)
            {
                report.Add(await deliverer.SendAsync(lines, cancellationToken), reader.BytesRead);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop while waiting for input: the report says so.
        }
    }
}
