using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>An event of a user.</summary>
[JsonConverter(typeof(CleverTapRecordJsonConverter))]
public sealed record EventRecord : CleverTapRecord
{
    internal EventRecord(ReadOnlyMemory<byte> utf8Json)
        : base(utf8Json) { }

    /// <summary>The name of the event.</summary>
    public string EventName => Json.Member("evtName"u8).ToText() ?? "";

    /// <summary>The properties of the event.</summary>
    public JsonElement EventData => ElementOf(Json.Member("evtData"u8));
}
