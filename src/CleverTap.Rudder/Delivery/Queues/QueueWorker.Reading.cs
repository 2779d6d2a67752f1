namespace CleverTap.Rudder;

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
        List<EventCompletion> final = [];
        foreach (QueuedEvent stored in events)
        {
            long index = read++;
            lock (gate)
            {
                open.Add(index, stored);
            }

            Prepare(index, stored, pending, final);
        }

        context.Report([.. final.Select(completion => completion.Outcome)]);
        foreach (EventCompletion completion in final)
        {
            completions.Writer.TryWrite(new NotifiedEvent(completion));
        }

        context.Engine.Submit(pending);
        return true;
    }

    private void Prepare(long index, QueuedEvent stored, List<PendingEvent> pending, List<EventCompletion> final)
    {
        EventOutcome? outcome = stored.Error is { } error ? context.Intake.Unreadable(error) : null;
        PendingEvent? prepared = outcome is null ? context.Intake.Prepare(source, index, stored.Event, out outcome) : null;
        if (prepared is not null)
        {
            pending.Add(prepared);
        }
        else
        {
            final.Add(new EventCompletion(new PendingEvent(source, index, stored.Event!, TransformResult.OfOwned([], [])), outcome!));
        }
    }
}
