using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <content>Reads events from the store and submits them to the engine.</content>
internal sealed partial class QueueWorker
{
    private async Task CollectAsync()
    {
        Task? linger = null;
        while (!isEnded)
        {
            long waiting = store.Waiting;
            if (isDraining && waiting == 0)
            {
                return;
            }

            int capacity = sources.Capacity(context.Window, Open, enough: context.Window / 4);
            bool hasLingered = linger is { IsCompleted: true };
            if (ShouldRead(waiting, capacity, hasLingered))
            {
                linger = null;
                if (await ReadAsync(capacity).ConfigureAwait(false))
                {
                    continue;
                }
            }

            linger = waiting > 0 ? linger ?? Task.Delay(context.Options.FlushInterval, context.Time, ended.Token) : null;
            await WaitForWakeAsync(linger).ConfigureAwait(false);
        }
    }

    /// <summary>Whether enough events wait, or have waited long enough, and the window has enough capacity for them.</summary>
    private bool ShouldRead(long waiting, int capacity, bool hasLingered)
    {
        if (waiting == 0)
        {
            return false;
        }

        bool isDue = hasLingered || waiting >= context.Options.FlushSize || store.IsFull || isDraining || context.Flushes.IsRequested;

        // Large reads are cheaper. If the events of a stuck user fill most of the window, the other users share the rest of it.
        bool hasCapacity = capacity >= Math.Min(waiting, context.Window / 2) || (hasLingered && capacity > 0);
        return isDue && hasCapacity;
    }

    /// <summary>Waits until the worker is woken, or until events have waited long enough.</summary>
    private async Task WaitForWakeAsync(Task? linger)
    {
        Task woken = wake.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        await Task.WhenAny(woken, linger is { IsCompleted: false } ? linger : woken).ConfigureAwait(false);
        wake.Reader.TryRead(out _);
    }

    /// <summary>Reads and submits events. Returns false if the store returned none.</summary>
    private async Task<bool> ReadAsync(int maxCount)
    {
        // A removal of users' events must not run at the same time.
        await reading.WaitAsync().ConfigureAwait(false);
        try
        {
            IReadOnlyList<QueuedEvent> events = await store.ReadAsync(maxCount, ended.Token).ConfigureAwait(false);
            if (events.Count > 0)
            {
                Submit(events);
            }

            return events.Count > 0;
        }
        finally
        {
            reading.Release();
        }
    }

    private void Submit(IReadOnlyList<QueuedEvent> events)
    {
        List<PendingEvent> pending = [];
        List<(long Index, PreparedEvent Prepared)> final = [];
        foreach (QueuedEvent stored in events)
        {
            long index = AddOpen(stored);
            PreparedEvent prepared = Prepare(index, stored);
            if (prepared.Pending is { } sent)
            {
                pending.Add(sent);
            }
            else
            {
                final.Add((index, prepared));
            }
        }

        Complete(final);
        sources.Submit(pending);
    }

    private long AddOpen(QueuedEvent stored)
    {
        long index = read++;
        lock (gate)
        {
            open.Add(index, stored);
        }

        return index;
    }

    private PreparedEvent Prepare(long index, QueuedEvent stored) =>
        stored.Error is { } error
            ? new PreparedEvent(null, context.Target.CreateUnreadableOutcome(error), context.Target)
            : sources.Prepare(index, stored.Event);

    /// <summary>Reports the outcomes of events that are not sent, and passes them to the settling loop.</summary>
    private void Complete(List<(long Index, PreparedEvent Prepared)> final)
    {
        AccountSources.Report(final.Select(one => one.Prepared));
        foreach ((long index, PreparedEvent prepared) in final)
        {
            completions.Writer.TryWrite(new NotifiedEvent(index, prepared.Outcome!));
        }
    }
}
