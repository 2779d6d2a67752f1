using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>Writes what a host has in its hands as the JSON of a bag, without reflection.</summary>
internal static class BagWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonBag ToBag(JsonObject json)
    {
        return Write(writer => Node(writer, json));
    }

    public static JsonBag ToBag(IEnumerable<KeyValuePair<string, object?>> members) => Write(writer => Object(writer, members));

    /// <summary>The element's own text, unless its document was read with comments or stray commas.</summary>
    public static JsonBag ToBag(JsonElement json)
    {
        byte[] raw = JsonMarshal.GetRawUtf8Value(json).ToArray();
        if (!Utf8.IsValid(raw))
        {
            throw new ArgumentException("A bag is a JSON object in UTF-8", nameof(json));
        }

        return DepthOf(raw) is { } depth ? Bag(raw, depth) : Write(json.WriteTo);
    }

    private static JsonBag Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            try
            {
                write(writer);
            }
            catch (InvalidOperationException exception)
            {
                // The writer's own limit of depth: a dictionary that holds itself.
                throw new ArgumentException("The bag holds itself, or is nested beyond reason", exception);
            }
        }

        byte[] json = stream.ToArray();
        return Bag(json, DepthOf(json) ?? int.MaxValue);
    }

    private static void Bag(Utf8JsonWriter writer, JsonBag bag)
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

    private static JsonBag Bag(byte[] json, int depth) => new(new JsonSlice(json), isTooDeep: depth >= RudderEvent.MaxDepth);

    /// <summary>How many levels there are; null for what is not strict JSON.</summary>
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

    private static void Node(Utf8JsonWriter writer, JsonNode? node)
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
                    Node(writer, member);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (JsonNode? item in items)
                {
                    Node(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                Scalar(writer, (System.Text.Json.Nodes.JsonValue)node);
                break;
        }
    }

    /// <summary>A value that was read from JSON stays what it is: only a .NET date is a date, and JSON has no NaN or infinity.</summary>
    private static void Scalar(Utf8JsonWriter writer, System.Text.Json.Nodes.JsonValue value)
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
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static bool IsNotFinite(System.Text.Json.Nodes.JsonValue value) =>
        (value.TryGetValue(out double number) && !double.IsFinite(number))
        || (value.TryGetValue(out float single) && !float.IsFinite(single));

    private static void Value(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool on:
                writer.WriteBooleanValue(on);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double:
                writer.WriteNullValue();
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case float:
                writer.WriteNullValue();
                break;
            case byte or sbyte or short or ushort or uint:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                NetDate.Write(writer, time);
                break;
            case DateTime time:
                NetDate.Write(writer, time);
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case Uri address:
                writer.WriteStringValue(address.OriginalString);
                break;
            case Enum choice:
                writer.WriteStringValue(choice.ToString());
                break;
            case JsonBag bag:
                Bag(writer, bag);
                break;
            case JsonNode node:
                Node(writer, node);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case JsonDocument document:
                document.WriteTo(writer);
                break;
            case DateOnly date:
                NetDate.Write(writer, date);
                break;
            case char character:
                writer.WriteStringValue(character.ToString());
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                Object(writer, members);
                break;
            case IDictionary members:
                Object(
                    writer,
                    members
                        .Keys.Cast<object>()
                        .Select(key => KeyValuePair.Create(Convert.ToString(key, CultureInfo.InvariantCulture)!, members[key]))
                );
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (object? item in list)
                {
                    Value(writer, name, item);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException(
                    $"'{name}' is a {value.GetType()}; a bag takes text, numbers, booleans, dates, lists and dictionaries of them, and JSON"
                );
        }
    }
}
