using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>The events of users in a queue, for a destination that deletes users.</summary>
internal interface IUserEvents
{
    /// <summary>
    /// Removes the waiting events and the dead letters of users, if the kind of queue supports it. Events in flight are finished first. The
    /// filter reason of removed events is <see cref="FilterReason.UserDeleted"/>.
    /// </summary>
    /// <param name="users">The users.</param>
    /// <param name="cancellationToken">Stops waiting; work that has begun is completed.</param>
    Task RemoveAsync(UserSet users, CancellationToken cancellationToken);
}
