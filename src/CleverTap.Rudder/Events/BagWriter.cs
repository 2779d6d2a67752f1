using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>Converts JSON, dictionaries and .NET values to bags, without reflection.</summary>
internal static partial class BagWriter
{
    private const int WriterMaxDepth = 1000;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = WriterMaxDepth,
    };

    public static JsonBag ToBag(JsonObject json) => Write(writer => WriteNode(writer, json));

    public static JsonBag ToBag(IEnumerable<KeyValuePair<string, object?>> members) => Write(writer => WriteObject(writer, members));

    /// <summary>Keeps the text of the element. It is rewritten only if the document was read with comments or trailing commas.</summary>
    public static JsonBag ToBag(JsonElement json)
    {
        byte[] raw = JsonMarshal.GetRawUtf8Value(json).ToArray();
        if (!Utf8.IsValid(raw))
        {
            throw new ArgumentException("The JSON of a bag must be valid UTF-8", nameof(json));
        }

        return DepthOf(raw) is { } depth ? CreateBag(raw, depth) : Write(json.WriteTo);
    }

    private static JsonBag Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WriterOptions))
        {
            try
            {
                write(writer);
            }
            catch (InvalidOperationException exception)
            {
                // The writer reached its depth limit, probably because a dictionary contains itself.
                throw new ArgumentException($"The bag contains a cycle or is nested deeper than {WriterMaxDepth} levels", exception);
            }
        }

        byte[] json = stream.ToArray();
        return CreateBag(json, DepthOf(json) ?? int.MaxValue);
    }

    private static void WriteBag(Utf8JsonWriter writer, JsonBag bag)
    {
        if (bag.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteRawValue(bag.Utf8Json.Span, skipInputValidation: true);
        }
    }

    private static JsonBag CreateBag(byte[] json, int depth) => new(new JsonSlice(json), isTooDeep: depth >= RudderEvent.MaxDepth);

    /// <summary>The nesting depth; null if the text is not strict JSON.</summary>
    private static int? DepthOf(ReadOnlySpan<byte> json)
    {
        try
        {
            int deepest = 0;
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    deepest = Math.Max(deepest, reader.CurrentDepth + 1);
                }
            }

            return deepest;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members)
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in members)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, name, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach ((string name, JsonNode? member) in members)
                {
                    writer.WritePropertyName(name);
                    WriteNode(writer, member);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (JsonNode? item in items)
                {
                    WriteNode(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteNodeValue(writer, (JsonValue)node);
                break;
        }
    }

    /// <summary>Writes a scalar node. A value that was read from JSON is never a date.</summary>
    private static void WriteNodeValue(Utf8JsonWriter writer, JsonValue value)
    {
        if (value.TryGetValue(out JsonElement _))
        {
            value.WriteTo(writer);
        }
        else if (value.TryGetValue(out DateTimeOffset time))
        {
            NetDate.Write(writer, time);
        }
        else if (value.TryGetValue(out DateTime local))
        {
            NetDate.Write(writer, local);
        }
        else if (value.TryGetValue(out DateOnly date))
        {
            NetDate.Write(writer, date);
        }
        else if (IsNotFinite(value))
        {
            WriteNotFinite(writer);
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static bool IsNotFinite(JsonValue value) =>
        (value.TryGetValue(out double number) && !double.IsFinite(number))
        || (value.TryGetValue(out float single) && !float.IsFinite(single))
        || (value.TryGetValue(out Half half) && !Half.IsFinite(half));
}
