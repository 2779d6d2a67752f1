using System.Text.Json;
using CleverTap.Rudder.Internal.Testing.Stored;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Testing;

/// <summary>The profile of a user at the time of the lookup. Immutable.</summary>
public sealed class StoredProfile
{
    internal StoredProfile(ProfileSnapshot snapshot)
    {
        Identities = Array.AsReadOnly(snapshot.Identities.ToArray());
        ObjectIds = Array.AsReadOnly(snapshot.ObjectIds.ToArray());
        Attributes = snapshot
            .Attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value.ToElement(), StringComparer.Ordinal)
            .AsReadOnly();
        DeviceTokens = Array.AsReadOnly(snapshot.DeviceTokens);
    }

    /// <summary>Gets the identities of the user, the oldest first, including FBIDs and GPIDs.</summary>
    public IReadOnlyList<string> Identities { get; }

    /// <summary>Gets the CleverTap ids of the user's devices, the oldest first.</summary>
    public IReadOnlyList<string> ObjectIds { get; }

    /// <summary>Gets the attributes (<c>profileData</c>) by their exact names, after the operators were applied.</summary>
    /// <remarks>
    /// <c>identity</c> is in <see cref="Identities"/> instead. Use <see cref="JsonElement.GetRawText"/> for text that may contain lone
    /// surrogates: <see cref="JsonElement.GetString"/> throws on them.
    /// </remarks>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; }

    /// <summary>Gets the push tokens of the user's devices, the oldest first.</summary>
    public IReadOnlyList<DeviceToken> DeviceTokens { get; }
}
