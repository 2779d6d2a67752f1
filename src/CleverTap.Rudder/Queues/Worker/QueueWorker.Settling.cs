namespace CleverTap.Rudder.Internal.Queues;

/// <content>Notifies the handlers of final outcomes, and settles the events in the store.</content>
internal sealed partial class QueueWorker
{
    private async Task SettleAsync()
    {
        List<NotifiedEvent> batch = [];
        while (await completions.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (batch.Count < MaxSettledAtOnce && completions.Reader.TryRead(out NotifiedEvent completion))
            {
                batch.Add(completion);
            }

            await SettleAsync(batch).ConfigureAwait(false);
            batch.Clear();
            Wake();
        }
    }

    /// <summary>Notifies the handlers of a batch, and removes the events from the store.</summary>
    /// <remarks>
    /// Handlers are notified at least once per event, before the event is removed from the store: after a crash they may be notified
    /// again. An event whose handlers are retried stays open.
    /// </remarks>
    private async Task SettleAsync(List<NotifiedEvent> batch)
    {
        List<SettledEvent> final = [];
        List<QueuedEvent> returned = [];
        List<long> closed = [];
        foreach (NotifiedEvent completion in batch)
        {
            QueuedEvent stored = Stored(completion.Index);
            NotificationStatus status = await NotifyAsync(completion, stored).ConfigureAwait(false);
            if (status == NotificationStatus.Retry)
            {
                continue;
            }

            closed.Add(completion.Index);
            if (status == NotificationStatus.Done)
            {
                final.Add(new SettledEvent(stored, completion.Outcome));
            }
            else
            {
                returned.Add(stored);
            }
        }

        store.Return(returned);
        await SettleAsync(final).ConfigureAwait(false);
        Close(closed);
    }

    /// <summary>Notifies the handlers of an event, unless they were retried already or the queue has stopped before the delivery.</summary>
    private ValueTask<NotificationStatus> NotifyAsync(NotifiedEvent completion, QueuedEvent stored)
    {
        if (completion.Outcome.UndeliveredReason == UndeliveredReason.Stopped)
        {
            return new ValueTask<NotificationStatus>(NotificationStatus.Abandoned);
        }

        return completion.Status is { } status
            ? new ValueTask<NotificationStatus>(status)
            : new ValueTask<NotificationStatus>(notifications.NotifyAsync(completion, stored.Event));
    }

    private QueuedEvent Stored(long index)
    {
        lock (gate)
        {
            return open[index];
        }
    }

    private void Close(List<long> indexes)
    {
        lock (gate)
        {
            foreach (long index in indexes)
            {
                open.Remove(index);
            }

            SettleRemovals(indexes);
        }
    }

    private async Task<bool> SettleAsync(List<SettledEvent> final)
    {
        if (final.Count == 0)
        {
            return true;
        }

        if (!await store.SettleAsync(final, ended.Token).ConfigureAwait(false))
        {
            return false;
        }

        context.Settled(final.Count);
        context.Flushes.Settled(final.Select(settled => settled.Event.Number));
        return true;
    }
}
