using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <content>Removes the events of deleted users.</content>
internal sealed partial class QueueWorker
{
    private readonly SemaphoreSlim reading = new(1, 1);
    private readonly List<(HashSet<long> Open, TaskCompletionSource Settled)> removals = [];

    /// <summary>Removes the users' events that wait in the store or for a retry, after those in flight are finished.</summary>
    /// <exception cref="InvalidOperationException">The queue stopped before the store could remove them.</exception>
    public async Task RemoveAsync(UserSet users, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task settled = await RemoveWaitingAsync(users, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (settled.IsCompleted)
            {
                return;
            }

            // The loop removes again, because a queue that has stopped meanwhile returned the events in flight to the store.
            await settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Removes waiting events while no events are read. Returns a task that completes when the users' open events are settled.
    /// </summary>
    private async Task<Task> RemoveWaitingAsync(UserSet users, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Task settled = WhenSettled(users, out HashSet<long> open);
            IReadOnlyList<QueuedEvent> taken = await store.TakeAsync(users, open).ConfigureAwait(false);
            _ = context.Target.RemoveAsync(users);
            await FilterAsync(taken).ConfigureAwait(false);
            return settled;
        }
        finally
        {
            reading.Release();
        }
    }

    private Task WhenSettled(UserSet users, out HashSet<long> openNumbers)
    {
        lock (gate)
        {
            openNumbers = [.. open.Values.Select(stored => stored.Number)];
            HashSet<long> userIndexes = [.. open.Where(one => one.Value.BelongsTo(users)).Select(one => one.Key)];
            if (userIndexes.Count == 0)
            {
                return Task.CompletedTask;
            }

            var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            removals.Add((userIndexes, settled));
            return settled.Task;
        }
    }

    private async Task FilterAsync(IReadOnlyList<QueuedEvent> taken)
    {
        List<SettledEvent> final = [];
        foreach (QueuedEvent stored in taken)
        {
            string? messageId = stored.Event?.MessageId ?? stored.Error?.MessageId;
            EventOutcome outcome = Outcome.FromUnmapped(0, messageId, TransformResult.Filtered(FilterReason.UserDeleted));
            if (stored.Event is { } rudderEvent)
            {
                await context.Handlers.NotifyAsync(rudderEvent, outcome).ConfigureAwait(false);
            }

            final.Add(new SettledEvent(stored, outcome));
        }

        context.Target.Report([.. final.Select(settled => settled.Outcome)]);
        if (!await SettleAsync(final).ConfigureAwait(false))
        {
            throw new InvalidOperationException("The queue stopped before the users' events could be removed. Delete the users again.");
        }
    }

    /// <summary>Completes the removals whose open events are settled. The caller holds the lock.</summary>
    private void SettleRemovals(IEnumerable<long> indexes)
    {
        removals.ForEach(removal => removal.Open.ExceptWith(indexes));
        foreach ((_, TaskCompletionSource settled) in removals.Where(removal => removal.Open.Count == 0))
        {
            settled.SetResult();
        }

        removals.RemoveAll(removal => removal.Open.Count == 0);
    }
}
