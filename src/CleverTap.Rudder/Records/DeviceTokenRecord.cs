using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>The push token of a device. CleverTap takes at most 100 of them in one upload.</summary>
[JsonConverter(typeof(CleverTapRecordJsonConverter))]
public sealed record DeviceTokenRecord : CleverTapRecord
{
    internal DeviceTokenRecord(ReadOnlyMemory<byte> utf8Json)
        : base(utf8Json) { }

    /// <summary>The push service: <c>fcm</c>, <c>apns</c>, <c>chrome</c>, <c>gcm</c>, <c>wns</c> or <c>mpns</c>.</summary>
    public string? TokenType => Json.Member("tokenData"u8).Member("type"u8).ToText();
}
