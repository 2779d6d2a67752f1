using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>The push token of a device. An upload may contain at most 100 push tokens.</summary>
[JsonConverter(typeof(CleverTapRecordJsonConverter))]
public sealed record DeviceTokenRecord : CleverTapRecord
{
    internal DeviceTokenRecord(ReadOnlyMemory<byte> utf8Json)
        : base(utf8Json) { }

    /// <summary>Gets the push service: <c>fcm</c>, <c>apns</c>, <c>chrome</c>, <c>gcm</c>, <c>wns</c> or <c>mpns</c>.</summary>
    public string? TokenType => Json.Member("tokenData"u8).Member("type"u8).ToText();
}
