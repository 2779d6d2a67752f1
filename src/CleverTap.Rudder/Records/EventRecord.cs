using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>An event of a user.</summary>
[JsonConverter(typeof(CleverTapRecordJsonConverter))]
public sealed record EventRecord : CleverTapRecord
{
    internal EventRecord(ReadOnlyMemory<byte> utf8Json)
        : base(utf8Json) { }

    /// <summary>Gets the name of the event.</summary>
    public string EventName => Json.Member("evtName"u8).ToText() ?? "";

    /// <summary>Gets the properties of the event.</summary>
    public JsonElement EventData => ToElement(Json.Member("evtData"u8));
}
