using System.Text.Json;
using System.Text.Unicode;

namespace CleverTap.Rudder.Testing;

/// <summary>Takes the body of an upload apart: <c>{"d":[record, …]}</c>. Pure.</summary>
internal static class UploadRequest
{
    /// <summary>The records; null where the body is anything else.</summary>
    public static List<UploadedRecord>? Read(ReadOnlyMemory<byte> body)
    {
        JsonValue records = Parse(body).Member("d"u8);
        return records.Kind == JsonValueKind.Array
            ? records.Elements().Select((record, index) => new UploadedRecord(record, index + 1)).ToList()
            : null;
    }

    /// <summary>Reads the whole body once, so that nothing after this meets JSON that is not well-formed.</summary>
    private static JsonValue Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) return default;
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            int end = (int)reader.BytesConsumed;
            return reader.Read() ? default : new JsonValue(body[start..end]);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
