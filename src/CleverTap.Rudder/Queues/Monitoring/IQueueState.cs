namespace CleverTap.Rudder.Internal.Queues;

/// <summary>A queue whose state metrics and health checks can read.</summary>
internal interface IQueueState
{
    /// <summary>The last known state. Reading it accesses neither disk nor network.</summary>
    QueueState State { get; }

    /// <summary>Updates the part of the state that only the disk or the brokers know.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
