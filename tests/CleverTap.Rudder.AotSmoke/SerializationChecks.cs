using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>Checks that System.Text.Json serializes the library's types with a source-generated context.</summary>
internal static class SerializationChecks
{
    public static void Run(Checks checks)
    {
        const string envelope = """{"Event":{"type":"track","userId":"user-1","event":"Seen","properties":{"a":1}},"Traits":{"b":[2]}}""";
        Envelope read = JsonSerializer.Deserialize(envelope, SmokeJson.Default.Envelope)!;
        checks.AreEqual("serialized: an event and a bag", envelope, JsonSerializer.Serialize(read, SmokeJson.Default.Envelope));

        CleverTapRecord record = CleverTapTransformer.Default.Transform(read.Event).Records[0];
        checks.AreEqual(
            "serialized: a record",
            """{"type":"event","identity":"user-1","evtName":"Seen","evtData":{"a":1}}""",
            JsonSerializer.Serialize(record, SmokeJson.Default.CleverTapRecord)
        );
    }
}

/// <summary>A type of the host that contains an event.</summary>
internal sealed record Envelope(RudderEvent Event, JsonBag Traits);

/// <summary>The types that the host serializes.</summary>
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(CleverTapRecord))]
[JsonSerializable(typeof(WebCall))]
internal sealed partial class SmokeJson : JsonSerializerContext;
