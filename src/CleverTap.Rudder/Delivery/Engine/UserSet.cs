using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>Users that are deleted, by their ids. Immutable.</summary>
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

    /// <summary>Whether an event is one of theirs: by its user id or, without one, its anonymous id, or as the previous id of an alias.</summary>
    public bool Matches(EventIds eventIds) => Has(eventIds.User ?? eventIds.Anonymous) || Has(eventIds.Previous);

    /// <summary>Whether JSON is an event of theirs. JSON that is no event counts as theirs if it holds one of the ids as a text.</summary>
    public bool Matches(ReadOnlyMemory<byte> json) =>
        RudderEvent.TryRead(json, out RudderEvent? rudderEvent, out _)
            ? Matches(UserPartitioner.IdsOf(rudderEvent))
            : Array.Exists(quoted, id => json.Span.IndexOf(id) >= 0);

    private bool Has(string? id) => id is not null && ids.Contains(id);
}
