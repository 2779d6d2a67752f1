using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Where a queue keeps its events until they have a final outcome: in memory, in a file, or in a partition of a topic. The queue reads
/// a window of it and settles events in any order. Its members are thread-safe.
/// </summary>
internal interface IEventStore
{
    /// <summary>How many events wait to be read.</summary>
    long Waiting { get; }

    /// <summary>Whether events that are not settled when the worker ends come again.</summary>
    bool IsDurable => true;

    /// <summary>Whether no more events enter until some are settled: to wait for more would be in vain.</summary>
    bool IsFull => false;

    /// <summary>Reads the next events, in order. Each is read once while the process lives.</summary>
    /// <param name="maxCount">How many at most.</param>
    /// <param name="cancellationToken">Ends the attempts to read.</param>
    /// <returns>The events; fewer or none if the store has no more, or cannot be read now.</returns>
    ValueTask<IReadOnlyList<QueuedEvent>> ReadAsync(int maxCount, CancellationToken cancellationToken);

    /// <summary>Removes events that have their final outcome, and keeps dead letters if the store has a place for them.</summary>
    /// <param name="events">The events and their outcomes.</param>
    /// <param name="deadline">Ends the attempts.</param>
    /// <returns>False if the store could not note the outcomes before the deadline: the events come again.</returns>
    ValueTask<bool> SettleAsync(IReadOnlyList<SettledEvent> events, CancellationToken deadline);

    /// <summary>Takes the users' events that wait out of their turn, as if they had been read.</summary>
    /// <param name="users">The users.</param>
    /// <param name="open">The numbers of events that were read and not settled: these are not taken again.</param>
    /// <returns>The events, in order. None of a store that others may read from, such as a topic.</returns>
    ValueTask<IReadOnlyList<QueuedEvent>> TakeAsync(UserSet users, IReadOnlySet<long> open) =>
        ValueTask.FromResult<IReadOnlyList<QueuedEvent>>([]);

    /// <summary>Gives events back that were read and not delivered.</summary>
    /// <param name="events">The events.</param>
    void Return(IReadOnlyList<QueuedEvent> events);
}
