using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>What a queue holds of users, for a destination that deletes them.</summary>
internal interface IUserEvents
{
    /// <summary>
    /// Removes the users' events that wait, and their dead letters, wherever the queue can. Events in flight are finished first, and each
    /// event that is removed has the outcome <see cref="FilterReason.UserDeleted"/>.
    /// </summary>
    /// <param name="users">The users.</param>
    /// <param name="cancellationToken">Gives up waiting; work that has begun is done.</param>
    Task RemoveAsync(UserSet users, CancellationToken cancellationToken);
}
