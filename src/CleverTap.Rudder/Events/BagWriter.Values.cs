using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Internal.Events;

/// <content>Writes .NET values.</content>
internal static partial class BagWriter
{
    private static void WriteValue(Utf8JsonWriter writer, string name, object? value)
    {
        bool isWritten =
            TryWriteScalar(writer, value)
            || TryWriteNumber(writer, value)
            || TryWriteDate(writer, value)
            || TryWriteJson(writer, value)
            || TryWriteCollection(writer, name, value);
        if (!isWritten)
        {
            throw new ArgumentException(
                $"'{name}' is a {value?.GetType()}; send text, numbers, booleans, dates, JSON, or lists and dictionaries of them"
            );
        }
    }

    private static bool TryWriteScalar(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                return true;
            case string text:
                writer.WriteStringValue(text);
                return true;
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                return true;
            case char character:
                writer.WriteStringValue(character.ToString());
                return true;
            case Guid id:
                writer.WriteStringValue(id);
                return true;
            case Uri uri:
                writer.WriteStringValue(uri.OriginalString);
                return true;
            case Enum constant:
                writer.WriteStringValue(constant.ToString());
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteNumber(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case int number:
                writer.WriteNumberValue(number);
                return true;
            case long number:
                writer.WriteNumberValue(number);
                return true;
            case decimal number:
                writer.WriteNumberValue(number);
                return true;
            case ulong number:
                writer.WriteNumberValue(number);
                return true;
            case byte or sbyte or short or ushort or uint:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            default:
                return TryWriteFloatingPoint(writer, value);
        }
    }

    /// <summary>Writes a double, float or half.</summary>
    private static bool TryWriteFloatingPoint(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            case Half number when Half.IsFinite(number):
                writer.WriteNumberValue((float)number);
                return true;
            case double or float or Half:
                WriteNotFinite(writer);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes NaN or an infinity, which JSON does not have, as a number that no double can hold.</summary>
    /// <remarks>
    /// The mappers omit such a number with a warning, also after a queue stored the event as JSON. Null would be omitted without one.
    /// </remarks>
    private static void WriteNotFinite(Utf8JsonWriter writer) => writer.WriteRawValue("1e999"u8, skipInputValidation: true);

    private static bool TryWriteDate(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case DateTimeOffset time:
                NetDate.Write(writer, time);
                return true;
            case DateTime time:
                NetDate.Write(writer, time);
                return true;
            case DateOnly date:
                NetDate.Write(writer, date);
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteJson(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case JsonBag bag:
                WriteBag(writer, bag);
                return true;
            case JsonNode node:
                WriteNode(writer, node);
                return true;
            case JsonElement { ValueKind: JsonValueKind.Undefined }:
                writer.WriteNullValue();
                return true;
            case JsonElement element:
                element.WriteTo(writer);
                return true;
            case JsonDocument document:
                document.WriteTo(writer);
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteCollection(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case IEnumerable<KeyValuePair<string, object?>> members:
                WriteObject(writer, members);
                return true;
            case IDictionary dictionary:
                WriteObject(writer, MembersOf(dictionary));
                return true;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (object? item in list)
                {
                    WriteValue(writer, name, item);
                }

                writer.WriteEndArray();
                return true;
            default:
                return false;
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> MembersOf(IDictionary dictionary) =>
        dictionary
            .Keys.Cast<object>()
            .Select(key => KeyValuePair.Create(Convert.ToString(key, CultureInfo.InvariantCulture)!, dictionary[key]));
}
