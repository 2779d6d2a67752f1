using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Sets attributes of a user profile. CleverTap creates the profile if it does not exist.</summary>
[JsonConverter(typeof(CleverTapRecordJsonConverter))]
public sealed record ProfileRecord : CleverTapRecord
{
    internal ProfileRecord(ReadOnlyMemory<byte> utf8Json)
        : base(utf8Json) { }

    /// <summary>Gets whether the record only links an anonymous profile to its user.</summary>
    /// <remarks>See <see cref="MappingOptions.LinkAnonymousProfiles"/>.</remarks>
    internal bool IsLink { get; init; }

    /// <summary>Gets the attributes to set.</summary>
    public JsonElement ProfileData => ToElement(Json.Member("profileData"u8));
}
