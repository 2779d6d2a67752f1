using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder;

/// <summary>Writes what a host has in its hands as the JSON of a bag, without reflection.</summary>
internal static class BagWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonValue ToJson(JsonObject json) => Write(writer => json.WriteTo(writer));

    public static JsonValue ToJson(IEnumerable<KeyValuePair<string, object?>> members) => Write(writer => Object(writer, members));

    private static JsonValue Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain)) write(writer);
        return new JsonValue(stream.ToArray());
    }

    private static void Object(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members)
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in members)
        {
            writer.WritePropertyName(name);
            Value(writer, name, value);
        }

        writer.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool on: writer.WriteBooleanValue(on); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case double: writer.WriteNullValue(); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): writer.WriteNumberValue(number); break;
            case float: writer.WriteNullValue(); break;
            case byte or sbyte or short or ushort or uint: writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case DateTimeOffset time: writer.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateTime time: writer.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case Guid id: writer.WriteStringValue(id); break;
            case Uri address: writer.WriteStringValue(address.OriginalString); break;
            case Enum choice: writer.WriteStringValue(choice.ToString()); break;
            case JsonNode node: node.WriteTo(writer); break;
            case JsonElement element: element.WriteTo(writer); break;
            case IEnumerable<KeyValuePair<string, object?>> members: Object(writer, members); break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (object? item in list) Value(writer, name, item);
                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"'{name}' is a {value.GetType()}; a bag takes text, numbers, booleans, dates, lists and dictionaries of them, and JSON");
        }
    }
}
