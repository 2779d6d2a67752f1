using System.Text.Json;
using CleverTap.Rudder;

namespace Quickstart;

/// <summary>
/// Tells an event from an envelope, <c>{"message": event, "destination": {"Config": {…}}}</c>: the one has a <c>type</c>, the
/// other a <c>message</c>. What is neither is left to the transformer, which says what is wrong with it.
/// </summary>
internal sealed class EnvelopeReader
{
    // Deeper than any event may be, so that a message that is too deep is told by its own name.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = RudderEvent.MaxDepth + 8 };

    // One file holds few configurations, and mostly one line after the other has the same.
    private byte[] lastDestination = [];
    private RudderDestinationConfig? lastConfig;

    public InputLine Read(long index, ReadOnlyMemory<byte> line)
    {
        var bare = new InputLine(index, line, null, null);
        if (!TryOpen(line.Span, out Range message, out Range? destination))
        {
            return bare;
        }

        ReadOnlyMemory<byte> json = line[message];
        if (json.Span[0] != (byte)'{')
        {
            return Invalid(EventErrorCode.NotAnObject, "message");
        }

        if (destination is not { } range)
        {
            return bare with { Event = json };
        }

        if (ReadConfig(line[range], ref json, out RudderDestinationConfig? config) is { } field)
        {
            return Invalid(EventErrorCode.WrongKind, field);
        }

        if (config is not { Errors: { Count: > 0 } errors })
        {
            return new InputLine(index, json, config, null);
        }

        var error = new EventError(EventErrorCode.WrongKind, "destination.Config", string.Join("; ", errors), "values");
        return bare with { Event = default, Error = error };

        InputLine Invalid(EventErrorCode code, string field) =>
            bare with
            {
                Event = default,
                Error = new EventError(code, field, $"{field} must be an object", "an object"),
            };
    }

    private static bool TryOpen(ReadOnlySpan<byte> line, out Range message, out Range? destination)
    {
        Range? found = null;
        message = default;
        destination = null;
        try
        {
            var reader = new Utf8JsonReader(line, Deep);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8))
                {
                    return false;
                }

                bool isMessage = reader.ValueTextEquals("message"u8);
                bool isDestination = reader.ValueTextEquals("destination"u8);
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (isMessage)
                {
                    found = start..(int)reader.BytesConsumed;
                }

                if (isDestination)
                {
                    destination = start..(int)reader.BytesConsumed;
                }
            }

            message = found ?? default;
            return found is not null && !reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The field that is wrong; null where none is.</summary>
    private string? ReadConfig(ReadOnlyMemory<byte> destination, ref ReadOnlyMemory<byte> json, out RudderDestinationConfig? config)
    {
        config = lastConfig;
        if (destination.Span.SequenceEqual(lastDestination))
        {
            return null;
        }

        config = null;
        try
        {
            var reader = new Utf8JsonReader(destination.Span, Deep);
            JsonElement element = JsonElement.ParseValue(ref reader);
            if (element.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (element.ValueKind != JsonValueKind.Object)
            {
                return "destination";
            }

            if (element.TryGetProperty("Config"u8, out JsonElement found) && found.ValueKind != JsonValueKind.Null)
            {
                if (found.ValueKind != JsonValueKind.Object)
                {
                    return "destination.Config";
                }

                config = RudderDestinationConfig.ParseDestination(element, ref json);
            }

            // Filled in from this event, so of no use for the next.
            if (destination.Span.IndexOf("{{"u8) >= 0)
            {
                return null;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "destination";
        }

        lastDestination = destination.ToArray();
        lastConfig = config;
        return null;
    }
}
