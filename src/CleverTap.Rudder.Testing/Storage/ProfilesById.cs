using System.Collections;
using System.Diagnostics.CodeAnalysis;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>A dictionary of the stored profiles: any id finds its profile, and an enumeration contains each profile once.</summary>
internal sealed class ProfilesById(EmulatorStore store) : IReadOnlyDictionary<string, StoredProfile>
{
    public int Count => store.StoredProfileCount();

    public IEnumerable<string> Keys => store.Profiles().Select(profile => profile.Key);

    public IEnumerable<StoredProfile> Values => store.Profiles().Select(profile => profile.Value);

    public StoredProfile this[string key] =>
        TryGetValue(key, out StoredProfile? profile)
            ? profile
            : throw new KeyNotFoundException($"No profile has the identity or objectId '{key}'; {Count} profiles are stored.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out StoredProfile value)
    {
        ArgumentNullException.ThrowIfNull(key);
        value = store.FindProfile(key);
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, StoredProfile>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, StoredProfile>>)store.Profiles()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
