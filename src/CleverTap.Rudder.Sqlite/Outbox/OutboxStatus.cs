using CleverTap.Rudder.Internal.Queues;
using CleverTap.Rudder.Internal.Sqlite.Storage;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>Keeps the last known state of the file for the health check and the gauges. Thread-safe.</summary>
internal sealed class OutboxStatus(OutboxThread thread, OutboxFiles files)
{
    private volatile Snapshot? snapshot;

    /// <summary>Adds the last known state of the file to the state of the queue.</summary>
    public QueueState AddTo(QueueState state) =>
        state with
        {
            DeadLetters = snapshot?.DeadLetters,
            Fault = snapshot?.Fault,
            Data = new Dictionary<string, object> { ["outboxFile"] = files.Path },
        };

    /// <summary>Reads the state of the file.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            files.CheckFreeSpace();
            long count = await thread.RunAsync(database => database.DeadLetters.Count()).WaitAsync(cancellationToken).ConfigureAwait(false);
            snapshot = new Snapshot(count, null);
        }
        catch (SqliteOutboxException exception)
        {
            var fault = new QueueFault($"The outbox cannot use its file: {exception.Fault}", IsTransient: false);
            snapshot = new Snapshot(snapshot?.DeadLetters, fault);
        }
    }

    private sealed record Snapshot(long? DeadLetters, QueueFault? Fault);
}
