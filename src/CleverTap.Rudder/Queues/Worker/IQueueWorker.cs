namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Delivers the events of a queue: a worker on its store, or a consumer with a worker on each of its partitions.</summary>
internal interface IQueueWorker : IDisposable
{
    /// <summary>Begins to deliver.</summary>
    void Start();

    /// <summary>Delivers for a flush: waits neither for more events nor for the delay before a retry.</summary>
    void RetryNow();

    /// <summary>Delivers what it can until shortly before the deadline, waits for the uploads in flight, and ends.</summary>
    /// <param name="drains">Whether events that were not read yet are delivered too; if false, only those in flight are finished.</param>
    /// <param name="shutdownDeadline">Ends the delivery.</param>
    Task StopAsync(bool drains, CancellationToken shutdownDeadline);
}
