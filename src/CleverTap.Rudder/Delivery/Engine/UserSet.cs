using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The ids of users that are deleted. Immutable.</summary>
internal sealed class UserSet
{
    private readonly HashSet<string> ids;
    private readonly byte[][] quoted;

    public UserSet(IEnumerable<string> ids)
    {
        this.ids = [.. ids.Where(id => !string.IsNullOrEmpty(id))];
        quoted = [.. this.ids.Select(id => JsonSlice.FromText(id).Span.ToArray())];
    }

    public int Count => ids.Count;

    /// <summary>
    /// Whether an event belongs to one of the users: by its user id, its anonymous id if it has no user id, or its previous id.
    /// </summary>
    public bool Matches(EventIds eventIds) => Has(eventIds.User ?? eventIds.Anonymous) || Has(eventIds.Previous);

    /// <summary>
    /// Whether JSON is an event of one of the users. JSON that is not an event matches if it contains one of the ids as a string.
    /// </summary>
    public bool Matches(ReadOnlyMemory<byte> json) =>
        RudderEvent.TryRead(json, out RudderEvent? rudderEvent, out _)
            ? Matches(UserPartitioner.IdsOf(rudderEvent))
            : Array.Exists(quoted, id => json.Span.IndexOf(id) >= 0);

    private bool Has(string? id) => id is not null && ids.Contains(id);
}
