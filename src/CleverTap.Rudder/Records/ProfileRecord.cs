using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Sets attributes of a user profile; CleverTap makes the profile where there is none.</summary>
[JsonConverter(typeof(CleverTapRecordJsonConverter))]
public sealed record ProfileRecord : CleverTapRecord
{
    internal ProfileRecord(ReadOnlyMemory<byte> utf8Json)
        : base(utf8Json)
    {
    }

    /// <summary>The attributes to set.</summary>
    public JsonElement ProfileData => ElementOf(Json.Member("profileData"u8));
}
