using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>The profiles by every id of theirs, up to a number of them. Not thread-safe.</summary>
internal sealed class ProfileStore(int capacity)
{
    private static readonly UserKeyKind[] LookupOrder =
    [
        UserKeyKind.Identity,
        UserKeyKind.ObjectId,
        UserKeyKind.FacebookId,
        UserKeyKind.GoogleId,
    ];

    private readonly Dictionary<UserKey, ProfileEntry> byKey = [];
    private readonly LinkedList<ProfileEntry> byLastUpdate = new();
    private long updates;

    /// <summary>How many profiles there ever were; two that turned out to be one user's are one.</summary>
    public long Total { get; private set; }

    public int Count => byLastUpdate.Count;

    /// <summary>The profiles, the one updated longest ago first.</summary>
    public IEnumerable<ProfileEntry> All => byLastUpdate;

    public ProfileEntry? Find(string id)
    {
        foreach (UserKeyKind kind in LookupOrder)
        {
            if (byKey.TryGetValue(new UserKey(kind, id), out ProfileEntry? entry))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The profile that all of these ids belong to: found, merged from several, or made. It counts as updated.</summary>
    public ProfileEntry GetForUpdate(IEnumerable<UserKey> keys)
    {
        ProfileEntry? entry = null;
        List<UserKey> unknown = [];
        foreach (UserKey key in keys)
        {
            if (!byKey.TryGetValue(key, out ProfileEntry? known))
            {
                unknown.Add(key);
            }
            else if (entry is null)
            {
                entry = known;
            }
            else if (entry != known)
            {
                Merge(entry, known);
            }
        }

        if (entry is null)
        {
            entry = new ProfileEntry();
            Total++;
        }
        else
        {
            byLastUpdate.Remove(entry.Node);
        }

        foreach (UserKey key in unknown)
        {
            if (byKey.TryAdd(key, entry))
            {
                entry.Keys.Add(key);
            }
        }

        entry.LastUpdate = ++updates;
        byLastUpdate.AddLast(entry.Node);
        if (byLastUpdate.Count > capacity)
        {
            Forget(byLastUpdate.First!.Value);
        }

        return entry;
    }

    public void Delete(UserKey key)
    {
        if (byKey.TryGetValue(key, out ProfileEntry? entry))
        {
            Forget(entry);
        }
    }

    public void Clear()
    {
        byKey.Clear();
        byLastUpdate.Clear();
        Total = 0;
    }

    private void Merge(ProfileEntry entry, ProfileEntry other)
    {
        foreach (UserKey key in other.Keys)
        {
            byKey[key] = entry;
        }

        entry.MergeFrom(other);
        byLastUpdate.Remove(other.Node);
        Total--;
    }

    private void Forget(ProfileEntry entry)
    {
        foreach (UserKey key in entry.Keys)
        {
            byKey.Remove(key);
        }

        byLastUpdate.Remove(entry.Node);
    }
}
