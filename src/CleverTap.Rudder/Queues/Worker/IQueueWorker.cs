namespace CleverTap.Rudder.Internal.Queues;

/// <summary>What a queue starts and stops: the worker on its store, or a consumer with a worker on each of its partitions.</summary>
internal interface IQueueWorker : IDisposable
{
    /// <summary>Begins to deliver.</summary>
    void Start();

    /// <summary>Somebody flushes: neither more events nor the delay before a retry are waited for.</summary>
    void RetryNow();

    /// <summary>Delivers what it can, as far as the time allows, and ends.</summary>
    /// <param name="drains">Whether what was not read yet is delivered too. Otherwise only what is in flight is finished.</param>
    /// <param name="shutdownDeadline">Ends the delivery.</param>
    Task StopAsync(bool drains, CancellationToken shutdownDeadline);
}
