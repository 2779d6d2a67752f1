using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Testing;

/// <summary>A user's profile at the moment it was looked up. Immutable.</summary>
public sealed class StoredProfile
{
    internal StoredProfile(
        IReadOnlyCollection<UserKey> keys,
        IEnumerable<KeyValuePair<string, JsonSlice>> attributes,
        DeviceToken[] deviceTokens
    )
    {
        Identities = Array.AsReadOnly(keys.Where(key => key.Kind != UserKeyKind.ObjectId).Select(key => key.Text).ToArray());
        ObjectIds = Array.AsReadOnly(keys.Where(key => key.Kind == UserKeyKind.ObjectId).Select(key => key.Text).ToArray());
        Attributes = attributes
            .ToDictionary(attribute => attribute.Key, attribute => attribute.Value.ToElement(), StringComparer.Ordinal)
            .AsReadOnly();
        DeviceTokens = Array.AsReadOnly(deviceTokens);
    }

    /// <summary>The customer's own ids of the user, oldest first; FBIDs and GPIDs among them.</summary>
    public IReadOnlyList<string> Identities { get; }

    /// <summary>The CleverTap ids of the user's devices, oldest first.</summary>
    public IReadOnlyList<string> ObjectIds { get; }

    /// <summary>
    /// The attributes (<c>profileData</c>), operators applied, by their exact names; <c>identity</c> is in <see cref="Identities"/>
    /// instead. Use <see cref="JsonElement.GetRawText"/> for text that may hold lone surrogates:
    /// <see cref="JsonElement.GetString"/> throws on them.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; }

    /// <summary>The push tokens of the user's devices, oldest first.</summary>
    public IReadOnlyList<DeviceToken> DeviceTokens { get; }
}
