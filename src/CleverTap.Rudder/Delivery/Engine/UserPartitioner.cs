using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Groups events by user. Events that share a user, anonymous or previous id, directly or through a third event, belong to one user, whose
/// order is preserved. Only users with pending records are stored.
/// </summary>
internal sealed class UserPartitioner
{
    private readonly Dictionary<FieldName, UserQueue> users = [];

    /// <summary>The number of known ids.</summary>
    public int Count => users.Count;

    /// <summary>Returns the ids of an event.</summary>
    public static EventIds IdsOf(RudderEvent rudderEvent)
    {
        ref readonly ParsedEvent index = ref rudderEvent.Parsed;
        FieldName user = KeyOf(index.UserId);
        user = user.IsEmpty ? KeyOf(UserIds.Read(index).User) : user;
        return new EventIds(user, KeyOf(index.AnonymousId), KeyOf(index.PreviousId));
    }

    /// <summary>Returns the user of an event, and merges the users that the event connects.</summary>
    /// <param name="ids">The ids of the event.</param>
    /// <param name="merged">Called for each user that takes part in a merge, before the merge.</param>
    public UserQueue Assign(EventIds ids, Action<UserQueue> merged)
    {
        UserQueue? user = null;
        user = Combine(user, ids.User, merged);
        user = Combine(user, ids.Anonymous, merged);
        user = Combine(user, ids.Previous, merged);
        user ??= new UserQueue();
        Add(user, ids.User);
        Add(user, ids.Anonymous);
        Add(user, ids.Previous);
        return user;
    }

    /// <summary>Removes a user that has no pending records.</summary>
    public void Remove(UserQueue user)
    {
        for (int index = 0; index < user.Ids.Count; index++)
        {
            users.Remove(user.Ids[index]);
        }

        user.Ids = default;
    }

    private UserQueue? Combine(UserQueue? user, FieldName id, Action<UserQueue> merged)
    {
        if (id.IsEmpty || !users.TryGetValue(id, out UserQueue? known) || known == user)
        {
            return user;
        }

        if (user is null)
        {
            return known;
        }

        for (int index = 0; index < known.Ids.Count; index++)
        {
            users[known.Ids[index]] = user;
        }

        merged(user);
        merged(known);
        user.Merge(known);
        return user;
    }

    private void Add(UserQueue user, FieldName id)
    {
        if (!id.IsEmpty && users.TryAdd(id, user))
        {
            user.Ids.Add(id);
        }
    }

    private static FieldName KeyOf(JsonSlice id) => id.IsPresent ? id.ToKey() : default;
}
