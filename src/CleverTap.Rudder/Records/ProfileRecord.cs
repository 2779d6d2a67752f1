using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Sets attributes of a user profile; CleverTap makes the profile where there is none.</summary>
[JsonConverter(typeof(CleverTapRecordJsonConverter))]
public sealed record ProfileRecord : CleverTapRecord
{
    internal ProfileRecord(ReadOnlyMemory<byte> utf8Json)
        : base(utf8Json) { }

    /// <summary>Whether the record only links an anonymous profile to its user; see <see cref="MappingOptions.LinkAnonymousProfiles"/>.</summary>
    internal bool IsLink { get; init; }

    /// <summary>The attributes to set.</summary>
    public JsonElement ProfileData => ElementOf(Json.Member("profileData"u8));
}
