using System.Text.Json;

namespace CleverTap.Rudder.Tool.Input;

/// <summary>
/// Reads an event, or an envelope <c>{"message": event, "destination": {"Config": {…}}}</c>, as rudder-server sends it to a transformer.
/// </summary>
/// <remarks>
/// An event has a <c>type</c>, an envelope has a <c>message</c> instead. Everything else is left to the transformer, which reports what is
/// wrong with it.
/// </remarks>
internal sealed class EnvelopeReader
{
    // Deeper than any event may be, so that the transformer reports a message that is too deep.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = RudderEvent.MaxDepth + 8 };

    // Neighbours mostly have the same configuration.
    private byte[] lastDestination = [];
    private RudderDestinationConfig? lastConfig;

    /// <param name="index">The index of the event in the input.</param>
    /// <param name="line">The line on which it begins.</param>
    /// <param name="text">The JSON of the event or envelope.</param>
    public InputLine Read(long index, long line, ReadOnlyMemory<byte> text)
    {
        var bare = new InputLine(index, line, text, null, null);
        if (!TryOpen(text.Span, out Range message, out Range? destination))
        {
            return bare;
        }

        ReadOnlyMemory<byte> json = text[message];
        if (json.Span[0] != (byte)'{')
        {
            return Invalid(EventErrorCode.NotAnObject, "message");
        }

        if (destination is not { } range)
        {
            return bare with { Event = json };
        }

        if (ReadConfig(text[range], ref json, out RudderDestinationConfig? config) is { } field)
        {
            return Invalid(EventErrorCode.WrongKind, field);
        }

        if (config is not { Errors: { Count: > 0 } errors })
        {
            return bare with { Event = json, Config = config };
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

    /// <summary>Whether a text is a batch body of RudderStack's HTTP API: it has a <c>batch</c> and no <c>type</c>.</summary>
    public static bool IsBatch(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("\"batch\""u8) < 0)
        {
            return false;
        }

        bool hasBatch = false;
        try
        {
            var reader = new Utf8JsonReader(text, Deep);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8) || reader.ValueTextEquals("message"u8))
                {
                    return false;
                }

                hasBatch |= reader.ValueTextEquals("batch"u8);
                reader.Skip();
            }

            return hasBatch;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An element that is not JSON is an error of its own.
            return hasBatch;
        }
    }

    private static bool TryOpen(ReadOnlySpan<byte> text, out Range message, out Range? destination)
    {
        Range? found = null;
        message = default;
        destination = null;
        try
        {
            var reader = new Utf8JsonReader(text, Deep);
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

    /// <summary>Reads the configuration. Returns the field that is wrong; null if none is.</summary>
    private string? ReadConfig(ReadOnlyMemory<byte> destination, ref ReadOnlyMemory<byte> json, out RudderDestinationConfig? config)
    {
        config = lastConfig;
        if (destination.Span.SequenceEqual(lastDestination))
        {
            return null;
        }

        string? wrongField = ParseConfig(destination, ref json, out config);

        // Templates are filled in from this event, so that such a configuration does not apply to the next one.
        bool hasTemplates = destination.Span.IndexOf("{{"u8) >= 0;
        if (wrongField is null && !hasTemplates)
        {
            lastDestination = destination.ToArray();
            lastConfig = config;
        }

        return wrongField;
    }

    private static string? ParseConfig(ReadOnlyMemory<byte> json, ref ReadOnlyMemory<byte> message, out RudderDestinationConfig? config)
    {
        config = null;
        try
        {
            var reader = new Utf8JsonReader(json.Span, Deep);
            JsonElement destination = JsonElement.ParseValue(ref reader);
            if (destination.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            {
                return "destination";
            }

            JsonElement settings = default;
            bool hasSettings = destination.ValueKind == JsonValueKind.Object && destination.TryGetProperty("Config"u8, out settings);
            if (!hasSettings || settings.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (settings.ValueKind != JsonValueKind.Object)
            {
                return "destination.Config";
            }

            config = RudderDestinationConfig.ParseDestination(destination, ref message);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "destination";
        }
    }
}
