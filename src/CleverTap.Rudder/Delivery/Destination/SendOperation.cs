using System.Threading.Channels;

namespace CleverTap.Rudder;

/// <summary>
/// One call of SendAsync: submits its events to the engine, a bounded number at a time, and gives their outcomes in the order of the
/// input. Its deadline, its attempts and its end hold for all of them.
/// </summary>
internal sealed class SendOperation : IAsyncDisposable
{
    private readonly object gate = new();
    private readonly CleverTapDestination destination;
    private readonly DeliverySource source;
    /// <summary>How many outcomes may wait for an earlier one: so many windows.</summary>
    private const int MaxWindowsAhead = 16;

    private readonly int window;
    private readonly int batch;
    private readonly CancellationToken cancellation;
    private readonly CancellationTokenRegistration cancelled;
    private readonly Channel<EventOutcome> ordered = Channel.CreateUnbounded<EventOutcome>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<long, EventOutcome> early = [];
    private TaskCompletionSource? room;
    private long submitted;
    private long completed;
    private long released;
    private long taken;
    private bool isComplete;
    private bool isAbandoned;

    public SendOperation(CleverTapDestination destination, CleverTapOptions options, CancellationToken cancellationToken)
    {
        this.destination = destination;
        batch = options.MaxBatchRecords;
        window = 2 * options.MaxBatchRecords * options.MaxInFlight;
        cancellation = cancellationToken;
        source = new DeliverySource(Completed)
        {
            MaxAttempts = options.MaxAttempts,
            Deadline = destination.Engine.Now + options.Deadline,
        };
        destination.Engine.Open(source);
        cancelled = cancellationToken.Register(() => destination.Engine.End(source, DeliveryFailure.Cancelled));
    }

    /// <summary>Waits until more events may be submitted.</summary>
    /// <returns>How many; 0 if nobody takes outcomes any more.</returns>
    public async ValueTask<int> RoomAsync()
    {
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                if (isAbandoned)
                {
                    return 0;
                }

                if (HasRoom())
                {
                    return (int)(window - (submitted - completed));
                }

                room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = room.Task;
            }

            await waiting.ConfigureAwait(false);
        }
    }

    /// <summary>Maps events and submits those that are sent.</summary>
    public void Add(IEnumerable<RudderEvent> events)
    {
        List<(PendingEvent Event, EventIds Ids)> pending = [];
        List<EventOutcome> final = [];
        foreach (RudderEvent rudderEvent in events)
        {
            if (destination.Intake.Prepare(source, submitted++, rudderEvent, out EventOutcome? outcome) is { } prepared)
            {
                pending.Add((prepared, UserPartitioner.IdsOf(rudderEvent)));
            }
            else
            {
                final.Add(outcome!);
            }
        }

        destination.Report(final);
        foreach (EventOutcome outcome in final)
        {
            Release(outcome);
        }

        destination.Engine.Submit(pending);
    }

    /// <summary>No more events follow.</summary>
    public void Complete()
    {
        lock (gate)
        {
            isComplete = true;
            CloseWhenDone();
        }
    }

    /// <summary>Reads a stream to its end. What was read is delivered, also if the stream breaks.</summary>
    public async Task ReadAsync(IAsyncEnumerable<RudderEvent> events)
    {
        try
        {
            IAsyncEnumerator<RudderEvent> stream = events.GetAsyncEnumerator(cancellation);
            await using (stream.ConfigureAwait(false))
            {
                await ReadAsync(stream).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The events that were read have their outcome; the others were not read.
        }
        finally
        {
            Complete();
        }
    }

    /// <summary>The outcomes, in the order of the input, as they are known.</summary>
    public async IAsyncEnumerable<EventOutcome> OutcomesAsync()
    {
        await foreach (EventOutcome outcome in ordered.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            lock (gate)
            {
                taken++;
                SignalRoom();
            }

            yield return outcome;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await cancelled.DisposeAsync().ConfigureAwait(false);
        lock (gate)
        {
            isAbandoned = true;
            room?.TrySetResult();
        }

        destination.Engine.End(source, DeliveryFailure.Cancelled);
    }

    /// <summary>Submits what is there when the stream makes it wait.</summary>
    private async Task ReadAsync(IAsyncEnumerator<RudderEvent> stream)
    {
        List<RudderEvent> read = [];
        while (!cancellation.IsCancellationRequested && await RoomAsync().ConfigureAwait(false) is > 0 and var free)
        {
            try
            {
                while (read.Count < free)
                {
                    ValueTask<bool> next = stream.MoveNextAsync();
                    if (!next.IsCompleted && read.Count > 0)
                    {
                        Add(read);
                        free -= read.Count;
                        read.Clear();
                    }

                    if (!await next.ConfigureAwait(false))
                    {
                        return;
                    }

                    read.Add(stream.Current);
                }
            }
            finally
            {
                Add(read);
                read.Clear();
            }
        }
    }

    private void Completed(EventCompletion completion)
    {
        destination.Intake.Completed(completion);
        Release(completion.Outcome);
    }

    private void Release(EventOutcome outcome)
    {
        lock (gate)
        {
            completed++;
            SignalRoom();
            if (outcome.Index != released)
            {
                early.Add(outcome.Index, outcome);
                return;
            }

            ordered.Writer.TryWrite(outcome);
            released++;
            while (early.Remove(released, out EventOutcome? next))
            {
                ordered.Writer.TryWrite(next);
                released++;
            }

            CloseWhenDone();
        }
    }

    /// <summary>Whether a batch fits among the events on their way, and the outcomes that wait are not too many.</summary>
    private bool HasRoom() => window - (submitted - completed) >= batch && submitted - taken < (long)MaxWindowsAhead * window;

    private void SignalRoom()
    {
        if (room is not null && HasRoom())
        {
            room.TrySetResult();
            room = null;
        }
    }

    private void CloseWhenDone()
    {
        if (isComplete && released == submitted)
        {
            ordered.Writer.TryComplete();
        }
    }
}
