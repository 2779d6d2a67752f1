using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CleverTap.Rudder;

/// <summary>Reads an event's JSON once and notes where its fields stand. Bad input is an error, never an exception.</summary>
internal static class EventReader
{
    private const string KnownCalls = "identify, track, page, screen or alias";

    /// <summary>Null where the event could be read.</summary>
    public static EventError? Read(ReadOnlyMemory<byte> json, out EventIndex index)
    {
        index = default;
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        if (!Utf8.IsValid(json.Span)) return NotJson("The event is not valid UTF-8");

        JsonValue type = default;
        try
        {
            EventError? error = Scan(json, ref index, ref type);
            error ??= CallOf(type, out index.Call) ?? CheckKinds(index);
            return error is null ? null : error with { MessageId = index.MessageId.ToText() };
        }
        catch (JsonException exception)
        {
            return NotJson($"The event is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} of the event)");
        }
    }

    private static EventError? Scan(ReadOnlyMemory<byte> json, ref EventIndex index, ref JsonValue type)
    {
        // The reader may go one level further than we do, so that too deep is told apart from not JSON.
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = RudderEvent.MaxDepth + 1 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            while (reader.Read()) continue;
            return EventError.NotAnObject;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlyMemory<byte> name = json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            if (reader.ValueIsEscaped) name = JsonText.Canonical(name);

            reader.Read();
            int start = (int)reader.TokenStartIndex;
            int depth = reader.CurrentDepth;
            bool inside = IsOpening(reader.TokenType);
            while (inside)
            {
                if (IsOpening(reader.TokenType) && reader.CurrentDepth >= RudderEvent.MaxDepth) return EventError.TooDeep(JsonText.Decode(name.Span));
                reader.Read();
                inside = reader.CurrentDepth > depth;
            }

            var value = new JsonValue(json[start..(int)reader.BytesConsumed]);
            Note(name.Span, value, ref index, ref type);
        }

        while (reader.Read()) continue;
        return null;
    }

    private static bool IsOpening(JsonTokenType token) => token is JsonTokenType.StartObject or JsonTokenType.StartArray;

    private static void Note(ReadOnlySpan<byte> name, JsonValue value, ref EventIndex index, ref JsonValue type)
    {
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("type"u8): type = value; break;
            case 4 when name.SequenceEqual("name"u8): index.Name = value; break;
            case 5 when name.SequenceEqual("event"u8): index.Event = value; break;
            case 6 when name.SequenceEqual("userId"u8): index.UserId = value; break;
            case 6 when name.SequenceEqual("traits"u8): index.Traits = value; break;
            case 7 when name.SequenceEqual("context"u8): index.Context = value; break;
            case 7 when name.SequenceEqual("channel"u8): index.Channel = value; break;
            case 8 when name.SequenceEqual("category"u8): index.Category = value; break;
            case 9 when name.SequenceEqual("messageId"u8): index.MessageId = value; break;
            case 9 when name.SequenceEqual("timestamp"u8): index.Timestamp = value; break;
            case 10 when name.SequenceEqual("properties"u8): index.Properties = value; break;
            case 10 when name.SequenceEqual("previousId"u8): index.PreviousId = value; break;
            case 11 when name.SequenceEqual("anonymousId"u8): index.AnonymousId = value; break;
            case 12 when name.SequenceEqual("integrations"u8): index.Integrations = value; break;
            case 17 when name.SequenceEqual("originalTimestamp"u8): index.OriginalTimestamp = value; break;
        }
    }

    private static EventError? CallOf(JsonValue type, out EventCall call)
    {
        call = default;
        if (!type.IsTruthy) return new EventError(EventErrorCode.TypeMissing, "type", "Message Type is not present. Aborting message.", KnownCalls);
        if (type.Kind != JsonValueKind.String) return EventError.WrongKind("type", $"text: {KnownCalls}");

        ReadOnlySpan<byte> text = type.Content().Span;
        if (Ascii.EqualsIgnoreCase(text, "track"u8)) call = EventCall.Track;
        else if (Ascii.EqualsIgnoreCase(text, "page"u8)) call = EventCall.Page;
        else if (Ascii.EqualsIgnoreCase(text, "screen"u8)) call = EventCall.Screen;
        else if (Ascii.EqualsIgnoreCase(text, "identify"u8)) call = EventCall.Identify;
        else if (Ascii.EqualsIgnoreCase(text, "alias"u8)) call = EventCall.Alias;
        else return new EventError(EventErrorCode.TypeNotSupported, "type", "Message type not supported", KnownCalls);
        return null;
    }

    private static EventError? CheckKinds(in EventIndex index)
    {
        const string Id = "text or a number";
        const string Bag = "an object";
        return CheckId("userId", index.UserId)
            ?? CheckId("anonymousId", index.AnonymousId)
            ?? CheckId("previousId", index.PreviousId)
            ?? CheckId("event", index.Event)
            ?? CheckId("name", index.Name)
            ?? CheckBag("traits", index.Traits)
            ?? CheckBag("context", index.Context)
            ?? CheckBag("integrations", index.Integrations)
            ?? (index.Properties.IsText(""u8) && index.Call is EventCall.Track or EventCall.Page or EventCall.Screen
                ? new EventError(EventErrorCode.WrongKind, "properties", "Missing required value from \"properties\"", Bag)
                : CheckBag("properties", index.Properties));

        static EventError? CheckId(string field, JsonValue value) =>
            value.Kind is JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.String or JsonValueKind.Number ? null : EventError.WrongKind(field, Id);

        static EventError? CheckBag(string field, JsonValue value) =>
            value.IsNullOrMissing || value.Kind == JsonValueKind.Object ? null : EventError.WrongKind(field, Bag);
    }

    private static EventError NotJson(string message) => new(EventErrorCode.NotJson, "", message, "a JSON object in UTF-8");
}
