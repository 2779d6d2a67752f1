using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Removes users from queues.</summary>
internal static class UserRemoval
{
    /// <summary>Removes the users' events from one queue after the other.</summary>
    public static async Task RemoveAsync(this IEnumerable<IUserEvents> queues, UserSet users, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (IUserEvents queue in queues)
        {
            await queue.RemoveAsync(users, cancellationToken).ConfigureAwait(false);
        }
    }
}
