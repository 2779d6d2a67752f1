using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Removes users from queues.</summary>
internal static class UserRemoval
{
    /// <summary>Removes the events of users from each queue, one after the other.</summary>
    public static async Task RemoveAsync(this IEnumerable<IUserEvents> queues, UserSet users, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (IUserEvents queue in queues)
        {
            await queue.RemoveAsync(users, cancellationToken).ConfigureAwait(false);
        }
    }
}
