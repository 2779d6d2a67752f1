using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The ids of users that are deleted. Immutable.</summary>
internal sealed class UserSet
{
    private readonly HashSet<FieldName> ids;
    private readonly byte[][] quoted;

    public UserSet(IEnumerable<string> ids)
    {
        JsonSlice[] texts = [.. ids.Where(id => !string.IsNullOrEmpty(id)).Distinct().Select(JsonSlice.FromText)];
        this.ids = [.. texts.Select(text => text.ToKey())];
        quoted = [.. texts.Select(text => text.Span.ToArray())];
    }

    public int Count => ids.Count;

    /// <summary>
    /// Whether an event belongs to one of the users: by its user id, its anonymous id if it has no user id, or its previous id.
    /// </summary>
    public bool Matches(EventIds eventIds) => Has(eventIds.User.IsEmpty ? eventIds.Anonymous : eventIds.User) || Has(eventIds.Previous);

    /// <summary>
    /// Whether JSON is an event of one of the users. JSON that is not an event matches if it contains one of the ids as a string.
    /// </summary>
    public bool Matches(ReadOnlyMemory<byte> json) =>
        RudderEvent.TryRead(json, out RudderEvent? rudderEvent, out _)
            ? Matches(UserPartitioner.IdsOf(rudderEvent))
            : Array.Exists(quoted, id => json.Span.IndexOf(id) >= 0);

    private bool Has(FieldName id) => !id.IsEmpty && ids.Contains(id);
}
