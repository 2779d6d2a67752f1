using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Keeps the events of a queue until they have a final outcome: in memory, in a file, or in a partition of a topic. The queue reads a
/// window of events and settles them in any order. The members are thread-safe.
/// </summary>
internal interface IEventStore
{
    /// <summary>The number of events that wait to be read.</summary>
    long Waiting { get; }

    /// <summary>Whether events that are not settled when the worker ends are read again after the next start.</summary>
    bool IsDurable => true;

    /// <summary>Whether the store accepts no more events until some are settled, so that it is useless to wait for more.</summary>
    bool IsFull => false;

    /// <summary>Reads the next events, in order. Each is read once while the process lives.</summary>
    /// <param name="maxCount">The maximum number of events.</param>
    /// <param name="cancellationToken">Ends the attempts to read.</param>
    /// <returns>The events; fewer or none if the store has no more, or cannot be read now.</returns>
    ValueTask<IReadOnlyList<QueuedEvent>> ReadAsync(int maxCount, CancellationToken cancellationToken);

    /// <summary>Removes events that have their final outcome, and stores dead letters if the store supports them.</summary>
    /// <param name="events">The events and their outcomes.</param>
    /// <param name="deadline">Ends the attempts.</param>
    /// <returns>False if the store could not save the outcomes before the deadline; the events are read again then.</returns>
    ValueTask<bool> SettleAsync(IReadOnlyList<SettledEvent> events, CancellationToken deadline);

    /// <summary>Reads the waiting events of some users, ahead of their turn.</summary>
    /// <param name="users">The users.</param>
    /// <param name="open">The numbers of events that were read and not settled; they are not read again.</param>
    /// <returns>The events, in order; none if the store has other readers, as a topic has.</returns>
    ValueTask<IReadOnlyList<QueuedEvent>> TakeAsync(UserSet users, IReadOnlySet<long> open) =>
        ValueTask.FromResult<IReadOnlyList<QueuedEvent>>([]);

    /// <summary>Gives back events without a final outcome. Durable stores do nothing, because they still hold the events.</summary>
    /// <param name="events">The events.</param>
    void Return(IReadOnlyList<QueuedEvent> events);
}
