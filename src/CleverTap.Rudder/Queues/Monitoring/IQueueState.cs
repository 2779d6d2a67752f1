namespace CleverTap.Rudder.Internal.Queues;

/// <summary>A queue that can be watched.</summary>
internal interface IQueueState
{
    /// <summary>Its state, as far as it is known. Asks neither disk nor network.</summary>
    QueueState State { get; }

    /// <summary>Asks the disk or the brokers for what only they know.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
