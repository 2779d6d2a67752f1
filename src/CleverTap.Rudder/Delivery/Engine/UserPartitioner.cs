using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Groups events by user: events that share an id (user, anonymous or previous, also by way of a third event) are of one user, whose
/// order is kept. Knows only the users that have pending records.
/// </summary>
internal sealed class UserPartitioner
{
    private readonly Dictionary<string, UserQueue> users = new(StringComparer.Ordinal);

    /// <summary>How many ids are known.</summary>
    public int Count => users.Count;

    /// <summary>The ids of an event; an event without one has none.</summary>
    public static EventIds IdsOf(RudderEvent rudderEvent)
    {
        ref readonly ParsedEvent index = ref rudderEvent.Parsed;
        string? user = Text(index.UserId) ?? Text(UserIds.Of(index).User);
        return new EventIds(user, Text(index.AnonymousId), Text(index.PreviousId));
    }

    /// <summary>The user of an event. Users that the event shows to be one are merged.</summary>
    /// <param name="ids">The ids of the event.</param>
    /// <param name="merged">Called for each user that is no longer one of its own, before it is merged.</param>
    public UserQueue Assign(EventIds ids, Action<UserQueue> merged)
    {
        UserQueue? user = null;
        user = Join(user, ids.User, merged);
        user = Join(user, ids.Anonymous, merged);
        user = Join(user, ids.Previous, merged);
        user ??= new UserQueue();
        Add(user, ids.User);
        Add(user, ids.Anonymous);
        Add(user, ids.Previous);
        return user;
    }

    /// <summary>Forgets a user that has nothing pending.</summary>
    public void Remove(UserQueue user)
    {
        foreach (string id in user.Ids)
        {
            users.Remove(id);
        }

        user.Ids.Clear();
    }

    private UserQueue? Join(UserQueue? user, string? id, Action<UserQueue> merged)
    {
        if (id is null || !users.TryGetValue(id, out UserQueue? known) || known == user)
        {
            return user;
        }

        if (user is null)
        {
            return known;
        }

        foreach (string other in known.Ids)
        {
            users[other] = user;
        }

        merged(user);
        merged(known);
        user.Merge(known);
        return user;
    }

    private void Add(UserQueue user, string? id)
    {
        if (id is not null && users.TryAdd(id, user))
        {
            user.Ids.Add(id);
        }
    }

    private static string? Text(JsonSlice id) => id.IsPresent ? id.ToText() : null;
}
