using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>
/// Writes the body of the response to an upload or another call with <c>{"d":[…]}</c>, in the form observed from CleverTap. Pure.
/// </summary>
internal static class UploadResponseBody
{
    public static ReadOnlyMemory<byte> Write(int processed, IReadOnlyList<UnprocessedEntry> unprocessed)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString(
                "status"u8,
                unprocessed.Count == 0 ? "success"u8
                    : processed == 0 ? "fail"u8
                    : "partial"u8
            );
            writer.WriteNumber("processed"u8, processed);
            writer.WriteStartArray("unprocessed"u8);
            foreach (UnprocessedEntry entry in unprocessed)
            {
                Write(writer, entry);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, UnprocessedEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, "fail"u8);
        writer.WriteNumber("code"u8, entry.Code);

        // The text may contain the name of a field, and WriteString would replace a lone surrogate in it.
        writer.WritePropertyName("error"u8);
        writer.WriteRawValue(JsonSlice.FromText(entry.Error).Span, skipInputValidation: true);
        writer.WritePropertyName("record"u8);
        writer.WriteRawValue(entry.Record.Span, skipInputValidation: true);
        writer.WriteEndObject();
    }
}
