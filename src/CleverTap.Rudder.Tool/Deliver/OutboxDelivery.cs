using System.Diagnostics;
using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Input;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>Puts the input into an outbox on disk and delivers what the outbox holds. What is left stays for the next run.</summary>
/// <param name="settings">The settings of the run.</param>
/// <param name="account">The account of the outbox.</param>
/// <param name="path">The file of the outbox.</param>
/// <param name="report">Called with each outcome, with one at a time.</param>
/// <param name="flush">Called to show the outcomes so far.</param>
internal sealed class OutboxDelivery(DeliverySettings settings, Account account, string path, Action<LineOutcome> report, Action flush)
{
    private const int MaxEventsInBatch = 1000;
    private const int MaxBytesInBatch = 4 * 1024 * 1024;

    /// <summary>The time without any outcome after which the rest is left for another run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly object gate = new();
    private readonly List<RudderEvent> batch = [];
    private readonly List<LineOutcome> settled = [];
    private readonly Stopwatch sinceOutcome = Stopwatch.StartNew();
    private long enqueued;
    private long lastStoredLine;

    /// <summary>Enqueues the input, unless it is null, and delivers.</summary>
    /// <param name="input">The events; null if there are none.</param>
    /// <param name="opened">Called when the outbox is open.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="WrongUsageException">The outbox cannot be used.</exception>
    /// <exception cref="SqliteOutboxException">The outbox cannot be used any longer.</exception>
    public async Task<Delivery> RunAsync(InputReader? input, Action opened, CancellationToken cancellationToken)
    {
        using IHost host = Build();
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (SqliteOutboxException exception)
        {
            throw new WrongUsageException(exception.Message);
        }

        opened();
        var queue = host.Services.GetRequiredService<ICleverTapQueue>();
        try
        {
            string? fault = input is null ? null : await EnqueueAsync(queue, input, cancellationToken);
            bool isDelivered = !cancellationToken.IsCancellationRequested && await FlushAsync(queue, cancellationToken);
            long? lastLine = cancellationToken.IsCancellationRequested ? lastStoredLine : null;
            return new Delivery(lastLine, isDelivered ? null : path, fault);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
            ReportSettled();
        }
    }

    private IHost Build()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder
            .Services.AddCleverTapDestination(options => settings.Apply(options, account, settings.Mapping))
            .AddSqliteOutbox(path, Configure)
            .AddOutcomeHandler(Settle);
        return builder.Build();
    }

    private void Configure(SqliteOutboxOptions options)
    {
        options.ShutdownDeadline = TimeSpan.FromSeconds(5);
        options.RetryInterval = TimeSpan.FromSeconds(1);
        options.GiveUpAfter = settings.GiveUpAfter ?? options.GiveUpAfter;
    }

    /// <summary>Enqueues the input. Returns why it was not read to its end; null if it was, or if the run was stopped.</summary>
    private async Task<string?> EnqueueAsync(ICleverTapQueue queue, InputReader input, CancellationToken cancellationToken)
    {
        string? fault = null;
        try
        {
            await EnqueueAllAsync(queue, input, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (InputException exception)
        {
            fault = exception.Message;
            await StoreAsync(queue, input.LastLine, cancellationToken);
        }

        await Console.Error.WriteLineAsync($"enqueued {enqueued}");
        return fault;
    }

    /// <summary>Enqueues in batches, each of which shares a wait for the disk.</summary>
    private async Task EnqueueAllAsync(ICleverTapQueue queue, InputReader input, CancellationToken cancellationToken)
    {
        int bytes = 0;
        long lastLine = 0;
        while (true)
        {
            ValueTask<InputLine?> next = input.ReadAsync(cancellationToken);
            if (!next.IsCompleted || batch.Count == MaxEventsInBatch || bytes >= MaxBytesInBatch)
            {
                await StoreAsync(queue, lastLine, cancellationToken);
                bytes = 0;
            }

            if (await next is not { } line)
            {
                await StoreAsync(queue, lastLine, cancellationToken);
                return;
            }

            lastLine = line.Line;
            if (Read(line, out RudderEvent? rudderEvent) is { } error)
            {
                Report(LineOutcome.CreateUnsent(line, rudderEvent, error, settings.Mapping));
            }
            else
            {
                batch.Add(rudderEvent!);
                bytes += line.Event.Length;
            }
        }
    }

    /// <summary>Writes the batch to disk. Until then, none of its lines counts as stored.</summary>
    private async Task StoreAsync(ICleverTapQueue queue, long lastLine, CancellationToken cancellationToken)
    {
        if (batch.Count > 0)
        {
            enqueued += await queue.EnqueueAsync(batch, cancellationToken);
            batch.Clear();
        }

        lastStoredLine = lastLine;
    }

    private EventError? Read(in InputLine line, out RudderEvent? rudderEvent)
    {
        rudderEvent = null;
        if (line.Error is not null)
        {
            return line.Error;
        }

        if (!RudderEvent.TryRead(line.Event, out rudderEvent, out EventError? error))
        {
            return error;
        }

        return line.Config is null || line.Config.ApplyTo(settings.Mapping) == settings.Mapping
            ? null
            : new EventError(
                EventErrorCode.WrongKind,
                "destination.Config",
                "An outbox has one destination, and this event asks for another",
                "the switches of --preset, --mapping and --config"
            );
    }

    private async Task<bool> FlushAsync(ICleverTapQueue queue, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan patience = (settings.GiveUpAfter ?? TimeSpan.Zero) + Patience;
        lock (gate)
        {
            sinceOutcome.Restart();
        }

        Task<bool> flush = queue.FlushAsync(giveUp.Token);
        while (await Task.WhenAny(flush, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)) != flush)
        {
            ReportSettled();
            lock (gate)
            {
                if (sinceOutcome.Elapsed > patience)
                {
                    giveUp.Cancel();
                }
            }
        }

        try
        {
            return await flush;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Task Settle(RudderEvent rudderEvent, EventOutcome outcome)
    {
        lock (gate)
        {
            settled.Add(new LineOutcome(null, null, rudderEvent, outcome));
            sinceOutcome.Restart();
            if (settled.Count >= MaxEventsInBatch)
            {
                ReportSettled();
            }
        }

        return Task.CompletedTask;
    }

    private void Report(LineOutcome outcome)
    {
        lock (gate)
        {
            report(outcome);
        }
    }

    private void ReportSettled()
    {
        lock (gate)
        {
            settled.ForEach(report);
            settled.Clear();
            flush();
        }
    }
}
