using CleverTap.Rudder.Internal.Queues;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>What the file said when it was asked last. Thread-safe.</summary>
internal sealed class OutboxStatus(OutboxThread thread, OutboxFiles files)
{
    private volatile Reading? snapshot;

    /// <summary>Adds it to the state of the queue.</summary>
    public QueueState AddTo(QueueState state) =>
        state with
        {
            DeadLetters = snapshot?.DeadLetters,
            Fault = snapshot?.Fault,
            Data = new Dictionary<string, object> { ["outboxFile"] = files.Path },
        };

    /// <summary>Asks the file.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            files.CheckFreeSpace();
            long count = await thread.RunAsync(database => database.DeadLetters.Count()).WaitAsync(cancellationToken).ConfigureAwait(false);
            snapshot = new Reading(count, null);
        }
        catch (SqliteOutboxException exception)
        {
            snapshot = new Reading(snapshot?.DeadLetters, new QueueFault($"The outbox cannot use its file: {exception.Fault}", IsTransient: false));
        }
    }

    private sealed record Reading(long? DeadLetters, QueueFault? Fault);
}
