using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <content>Reads events from the store and submits them to the engine.</content>
internal sealed partial class QueueWorker
{
    /// <summary>Reads and submits. False if the store gave nothing.</summary>
    private async Task<bool> ReadAsync(int maxCount)
    {
        // What is being removed is not read meanwhile.
        await reading.WaitAsync().ConfigureAwait(false);
        try
        {
            return await ReadNextAsync(maxCount).ConfigureAwait(false);
        }
        finally
        {
            reading.Release();
        }
    }

    private async Task<bool> ReadNextAsync(int maxCount)
    {
        IReadOnlyList<QueuedEvent> events = await store.ReadAsync(maxCount, deadline.Token).ConfigureAwait(false);
        if (events.Count == 0)
        {
            return false;
        }

        List<PendingEvent> pending = [];
        List<(long Index, PreparedEvent Prepared)> final = [];
        foreach (QueuedEvent stored in events)
        {
            long index = read++;
            lock (gate)
            {
                open.Add(index, stored);
            }

            PreparedEvent prepared = stored.Error is { } error
                ? new PreparedEvent(null, context.Target.CreateUnreadableOutcome(error), context.Target)
                : sources.Prepare(index, stored.Event);
            if (prepared.Pending is { } sent)
            {
                pending.Add(sent);
            }
            else
            {
                final.Add((index, prepared));
            }
        }

        AccountSources.Report(final.Select(one => one.Prepared));
        foreach ((long index, PreparedEvent prepared) in final)
        {
            completions.Writer.TryWrite(new NotifiedEvent(index, prepared.Outcome!));
        }

        sources.Submit(pending);
        return true;
    }
}
