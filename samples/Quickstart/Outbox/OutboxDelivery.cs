using System.Diagnostics;
using CleverTap.Rudder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Quickstart;

/// <summary>
/// Puts the input into an outbox on disk, and delivers what is in it. What is left, however this ends, the next run finds.
/// </summary>
internal sealed class OutboxDelivery(Settings settings, Account account, RunReport report)
{
    private const int RowsAtOnce = 500;

    /// <summary>Somebody sits before the screen: without any event getting through for so long, the rest is left for another run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly object gate = new();
    private readonly List<LineOutcome> settled = [];
    private readonly Stopwatch sinceProgress = Stopwatch.StartNew();
    private bool hasBegun;

    /// <summary>Reads the input to its end and delivers. True where nothing is left in the outbox.</summary>
    /// <param name="reader">The input; ends at once where only the outbox is to be emptied.</param>
    /// <param name="begin">Is called when the outbox is open.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="WrongUsageException">The outbox cannot be used.</exception>
    /// <exception cref="SqliteOutboxException">The outbox cannot be used any longer.</exception>
    public async Task<bool> RunAsync(InputReader reader, Action begin, CancellationToken cancellationToken)
    {
        using IHost host = Build();
        await StartAsync(host, cancellationToken);
        lock (gate)
        {
            begin();
            hasBegun = true;
        }

        try
        {
            var queue = host.Services.GetRequiredService<ICleverTapQueue>();
            return await EnqueueAsync(queue, reader, cancellationToken) && await FlushAsync(queue, cancellationToken);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
            Report();
        }
    }

    private IHost Build()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder
            .Services.AddCleverTapDestination(options => Destinations.Configure(options, settings, account, settings.Mapping))
            .AddSqliteOutbox(
                settings.Outbox!,
                outbox => (outbox.ShutdownDeadline, outbox.RetryInterval) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1))
            )
            .AddOutcomeHandler(Settled);
        return builder.Build();
    }

    private static async Task StartAsync(IHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (SqliteOutboxException exception)
        {
            throw new WrongUsageException(exception.Message);
        }
    }

    /// <summary>A chunk of lines shares a wait for the disk. False where the run was stopped first.</summary>
    private async Task<bool> EnqueueAsync(ICleverTapQueue queue, InputReader reader, CancellationToken cancellationToken)
    {
        var chunks = new ChunkReader(reader);
        long enqueued = 0;
        try
        {
            while (await chunks.ReadAsync(cancellationToken) is { Count: > 0 } lines)
            {
                List<RudderEvent> events = [];
                List<LineOutcome> bad = [];
                foreach (InputLine line in lines)
                {
                    EventError? error = Open(line, out RudderEvent? opened);
                    if (error is null)
                    {
                        events.Add(opened!);
                    }
                    else
                    {
                        bad.Add(LineOutcome.Unsent(line, opened, error, settings.Mapping));
                    }
                }

                enqueued += await queue.EnqueueAsync(events, cancellationToken);
                lock (gate)
                {
                    report.Add(bad, reader.BytesRead);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        if (!settings.Resume)
        {
            await Console.Error.WriteLineAsync($"enqueued {enqueued}");
        }

        return true;
    }

    private EventError? Open(in InputLine line, out RudderEvent? opened)
    {
        opened = null;
        if (line.Error is not null)
        {
            return line.Error;
        }

        if (!RudderEvent.TryRead(line.Event, out opened, out EventError? error))
        {
            return error;
        }

        return line.Config is null || line.Config.ApplyTo(settings.Mapping) == settings.Mapping
            ? null
            : new EventError(
                EventErrorCode.WrongKind,
                "destination.Config",
                "The outbox has one destination; this line asks for another",
                "the switches of --preset"
            );
    }

    private async Task<bool> FlushAsync(ICleverTapQueue queue, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (gate)
        {
            sinceProgress.Restart();
        }

        Task<bool> flush = queue.FlushAsync(giveUp.Token);
        while (await Task.WhenAny(flush, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)) != flush)
        {
            Report();
            lock (gate)
            {
                if (sinceProgress.Elapsed > Patience)
                {
                    giveUp.Cancel();
                }
            }
        }

        return await flush;
    }

    private Task Settled(RudderEvent rudderEvent, EventOutcome outcome)
    {
        lock (gate)
        {
            settled.Add(new LineOutcome(null, rudderEvent, outcome));
            sinceProgress.Restart();
            if (settled.Count >= RowsAtOnce)
            {
                Report();
            }
        }

        return Task.CompletedTask;
    }

    private void Report()
    {
        lock (gate)
        {
            if (!hasBegun)
            {
                return;
            }

            if (settled.Count > 0)
            {
                report.Add(settled, report.BytesRead);
            }

            settled.Clear();
        }
    }
}
