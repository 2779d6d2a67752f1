using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Keeps profiles by each of their ids, up to a capacity. Not thread-safe.</summary>
internal sealed class ProfileStore(int capacity)
{
    private readonly Dictionary<UserKey, ProfileEntry> byKey = [];
    private readonly LinkedList<ProfileEntry> byLastUpdate = new();
    private long updateCount;

    /// <summary>The number of profiles ever created; merged profiles count as one.</summary>
    public long Total { get; private set; }

    public int Count => byLastUpdate.Count;

    /// <summary>The profiles in the order of their last update, the oldest first.</summary>
    public IEnumerable<ProfileEntry> All => byLastUpdate;

    /// <summary>Finds the profile of the first known id.</summary>
    public ProfileEntry? Find(IEnumerable<UserKey> keys) =>
        keys.Select(key => byKey.GetValueOrDefault(key)).FirstOrDefault(entry => entry is not null);

    /// <summary>Finds the profile with an e-mail address in any case; of several, the one that was updated last.</summary>
    public ProfileEntry? FindByEmail(string email) =>
        byLastUpdate.LastOrDefault(entry => string.Equals(entry.Email, email, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the profile of a user and marks it as updated. It is created, or merged from several, if necessary.</summary>
    /// <param name="keys">The ids of the user.</param>
    public ProfileEntry GetForUpdate(IEnumerable<UserKey> keys)
    {
        List<UserKey> newKeys = [];
        ProfileEntry entry = FindAndMerge(keys, newKeys) ?? Create();
        AddKeys(entry, newKeys);
        MarkUpdated(entry);
        return entry;
    }

    /// <summary>Finds the profile of the keys and merges further ones into it. Returns null if all keys are new.</summary>
    private ProfileEntry? FindAndMerge(IEnumerable<UserKey> keys, List<UserKey> newKeys)
    {
        ProfileEntry? entry = null;
        foreach (UserKey key in keys)
        {
            if (!byKey.TryGetValue(key, out ProfileEntry? known))
            {
                newKeys.Add(key);
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

        return entry;
    }

    private ProfileEntry Create()
    {
        var entry = new ProfileEntry();
        byLastUpdate.AddLast(entry.Node);
        Total++;
        return entry;
    }

    private void AddKeys(ProfileEntry entry, List<UserKey> keys)
    {
        foreach (UserKey key in keys)
        {
            // A record may contain the same id twice.
            if (byKey.TryAdd(key, entry))
            {
                entry.Keys.Add(key);
            }
        }
    }

    /// <summary>Moves a profile to the end of the list, and removes the oldest profile if there are too many.</summary>
    private void MarkUpdated(ProfileEntry entry)
    {
        entry.LastUpdate = ++updateCount;
        byLastUpdate.Remove(entry.Node);
        byLastUpdate.AddLast(entry.Node);
        if (byLastUpdate.Count > capacity)
        {
            Remove(byLastUpdate.First!.Value);
        }
    }

    public void Delete(UserKey key)
    {
        if (byKey.TryGetValue(key, out ProfileEntry? entry))
        {
            Remove(entry);
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

    private void Remove(ProfileEntry entry)
    {
        foreach (UserKey key in entry.Keys)
        {
            byKey.Remove(key);
        }

        byLastUpdate.Remove(entry.Node);
    }
}
