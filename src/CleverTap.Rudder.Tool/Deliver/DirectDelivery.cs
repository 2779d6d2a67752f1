using System.Threading.Channels;
using System.Threading.RateLimiting;
using CleverTap.Rudder.Tool.Input;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>
/// Sends the events of the input to the destinations that they are for, and reports one outcome for each, in the order of the input.
/// </summary>
/// <remarks>
/// A stream for each destination runs all the time. A bounded number of bytes is under way, so memory does not grow with the input.
/// </remarks>
internal sealed class DirectDelivery : IAsyncDisposable
{
    /// <summary>The size of the events under way for each upload in flight, in KiB: an upload, and what follows it.</summary>
    private const int KilobytesOfUpload = 4 * 1024;

    /// <summary>The time that events under way get after the run was stopped.</summary>
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(10);

    private readonly Dictionary<ICleverTapDestination, Channel<SentLine>> streams = [];
    private readonly CancellationTokenSource abort = new();
    private readonly Destinations destinations;
    private readonly MappingOptions mapping;
    private readonly int maxKilobytes;
    private readonly ConcurrencyLimiter limiter;

    public DirectDelivery(Destinations destinations, DeliverySettings settings)
    {
        this.destinations = destinations;
        mapping = settings.Mapping;
        maxKilobytes = KilobytesOfUpload * (settings.MaxInFlight ?? new CleverTapOptions().MaxInFlight);
        limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = maxKilobytes, QueueLimit = maxKilobytes });
    }

    /// <summary>Sends the events. If it is cancelled, it reads no more, and finishes what is under way.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="report">Called with each outcome, in the order of the input.</param>
    /// <param name="flush">Called before it waits for an outcome.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The input cannot be read to its end. What was read has its outcome.</exception>
    public async Task SendAsync(InputReader reader, Action<LineOutcome> report, Action flush, CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration stop = cancellationToken.Register(() => abort.CancelAfter(TimeToFinish));
        Channel<SentLine> ordered = Channel.CreateUnbounded<SentLine>(new UnboundedChannelOptions { SingleReader = true });
        Task reading = ReadAsync(reader, ordered.Writer, cancellationToken);
        await foreach (SentLine line in ordered.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (!line.Outcome.IsCompleted)
            {
                flush();
            }

            report(await line.Outcome);
            line.Dispose();
        }

        await reading;
    }

    public async ValueTask DisposeAsync()
    {
        await abort.CancelAsync();
        abort.Dispose();
        await limiter.DisposeAsync();
    }

    private async Task ReadAsync(InputReader reader, ChannelWriter<SentLine> ordered, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && await reader.ReadAsync(cancellationToken) is { } line)
            {
                // Events above the limit would never get a permit, so they count as all of it.
                int kilobytes = Math.Min(maxKilobytes, (line.Event.Length / 1024) + 1);
                RateLimitLease lease = await limiter.AcquireAsync(kilobytes, CancellationToken.None);
                await ordered.WriteAsync(Send(line, lease), CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The input made the run wait when it was stopped.
        }
        finally
        {
            ordered.Complete();
            foreach (Channel<SentLine> stream in streams.Values)
            {
                stream.Writer.Complete();
            }
        }
    }

    private SentLine Send(in InputLine line, RateLimitLease lease)
    {
        EventError? error = line.Error;
        RudderEvent? rudderEvent = null;
        if (error is null && RudderEvent.TryRead(line.Event, out rudderEvent, out error))
        {
            ICleverTapDestination? destination = destinations.Find(line, out error);
            if (destination is not null)
            {
                var sent = new SentLine(line.Index, line.Line, rudderEvent!, lease);
                StreamOf(destination).TryWrite(sent);
                return sent;
            }
        }

        return new SentLine(LineOutcome.CreateUnsent(line, rudderEvent, error!, mapping), lease);
    }

    private ChannelWriter<SentLine> StreamOf(ICleverTapDestination destination)
    {
        if (!streams.TryGetValue(destination, out Channel<SentLine>? stream))
        {
            stream = Channel.CreateUnbounded<SentLine>();
            streams.Add(destination, stream);
            _ = RunAsync(destination, stream.Reader);
        }

        return stream.Writer;
    }

    /// <summary>Runs the stream of a destination. Its outcomes come in the order of its events.</summary>
    private async Task RunAsync(ICleverTapDestination destination, ChannelReader<SentLine> lines)
    {
        Queue<SentLine> sent = new();
        try
        {
            await foreach (EventOutcome outcome in destination.SendAsync(EventsAsync(lines, sent), abort.Token))
            {
                Take(sent)!.Complete(outcome);
            }
        }
        finally
        {
            // A destination ends early if the run is stopped: the events that it did not take have an outcome too.
            while (Take(sent) is { } line)
            {
                line.Cancel();
            }

            await foreach (SentLine unread in lines.ReadAllAsync(CancellationToken.None))
            {
                unread.Cancel();
            }
        }
    }

    private static SentLine? Take(Queue<SentLine> sent)
    {
        lock (sent)
        {
            return sent.TryDequeue(out SentLine? line) ? line : null;
        }
    }

    private static async IAsyncEnumerable<RudderEvent> EventsAsync(ChannelReader<SentLine> lines, Queue<SentLine> sent)
    {
        await foreach (SentLine line in lines.ReadAllAsync(CancellationToken.None))
        {
            lock (sent)
            {
                sent.Enqueue(line);
            }

            yield return line.Event!;
        }
    }
}
