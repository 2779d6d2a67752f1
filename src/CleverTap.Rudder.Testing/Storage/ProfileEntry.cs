using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Stored;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>A stored profile. Not thread-safe.</summary>
internal sealed class ProfileEntry
{
    private readonly Dictionary<string, JsonSlice> attributes = new(StringComparer.Ordinal);
    private readonly List<DeviceToken> deviceTokens = [];

    public ProfileEntry() => Node = new LinkedListNode<ProfileEntry>(this);

    /// <summary>The node of the profile in the list that is ordered by last update.</summary>
    public LinkedListNode<ProfileEntry> Node { get; }

    public List<UserKey> Keys { get; } = [];

    /// <summary>The number of the last update, counted over all updates of the store.</summary>
    public long LastUpdate { get; set; }

    /// <summary>The id under which the profile is listed: its first identity, or else its first id.</summary>
    public string FirstId
    {
        get
        {
            int identity = Keys.FindIndex(key => key.Kind != UserKeyKind.ObjectId);
            return Keys[Math.Max(identity, 0)].Text;
        }
    }

    public string? Email => attributes.GetValueOrDefault("Email").ToText();

    /// <summary>Sets attributes and applies operators. The profile keeps the data, so it must not be a slice of a larger request.</summary>
    public void Apply(JsonSlice profileData)
    {
        var members = new MemberReader(profileData);
        while (members.Next())
        {
            if (members.NameSpan.SequenceEqual("identity"u8))
            {
                continue;
            }

            string name = JsonText.Decode(members.NameSpan);
            JsonSlice value = ProfileOperators.IsOperation(members.Value)
                ? AttributeOperators.Apply(attributes.GetValueOrDefault(name), members.Value)
                : members.Value;
            if (value.IsMissing)
            {
                attributes.Remove(name);
            }
            else
            {
                attributes[name] = value;
            }
        }
    }

    /// <summary>Adds a device token; a known token gets the new type.</summary>
    public void Add(DeviceToken token)
    {
        deviceTokens.RemoveAll(known => known.Id == token.Id);
        deviceTokens.Add(token);
    }

    /// <summary>
    /// Takes over the data of another profile of the same user. Of two values, the one of the profile updated last is kept.
    /// </summary>
    public void MergeFrom(ProfileEntry other)
    {
        bool otherIsNewer = other.LastUpdate > LastUpdate;
        foreach ((string name, JsonSlice value) in other.attributes)
        {
            if (otherIsNewer)
            {
                attributes[name] = value;
            }
            else
            {
                attributes.TryAdd(name, value);
            }
        }

        Keys.AddRange(other.Keys);
        foreach (DeviceToken token in other.deviceTokens)
        {
            Add(token);
        }
    }

    /// <summary>Returns a copy, which later updates do not change.</summary>
    public ProfileSnapshot Snapshot() => new([.. Keys], [.. attributes], [.. deviceTokens]);
}
