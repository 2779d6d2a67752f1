using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>Reads an event's JSON once and notes where its fields stand. Bad input is an error, never an exception.</summary>
internal static class EventReader
{
    private const string KnownCalls = "identify, track, page, screen or alias";

    /// <summary>
    /// Null where the event could be read. Of objects and arrays nothing is checked but their depth and that they end: who
    /// looks into them checks them, down to the UTF-8 of each text, and what nobody wants is passed over.
    /// </summary>
    public static EventError? Read(ReadOnlyMemory<byte> json, out ParsedEvent index)
    {
        index = default;
        json = WithoutMark(json);
        try
        {
            JsonSlice type = default;
            EventError? error = Scan(json, ref index, ref type);
            error ??= CallOf(type, out index.Call) ?? CheckKinds(index);
            return error is null ? null : error with { MessageId = index.MessageId.ToText() };
        }
        catch (JsonException)
        {
            return NotJson(json) with { MessageId = index.MessageId.ToText() };
        }
    }

    /// <summary>The same, with every token checked: an event that is kept as an object is well-formed all through.</summary>
    public static EventError? ReadWhole(ReadOnlyMemory<byte> json, out ParsedEvent index)
    {
        EventError? error = Read(json, out index);
        if (error?.Code is EventErrorCode.NotJson or EventErrorCode.NotAnObject or EventErrorCode.TooDeep)
        {
            return error;
        }

        return Utf8.IsValid(json.Span) && FirstFault(WithoutMark(json)) is null
            ? error
            : NotJson(json) with
            {
                MessageId = index.MessageId.ToText(),
            };
    }

    /// <summary>What is wrong with an event that turned out not to be JSON in UTF-8.</summary>
    public static EventError NotJson(ReadOnlyMemory<byte> json) =>
        new(EventErrorCode.NotJson, "", WhyNotJson(json), "a JSON object in UTF-8");

    private static string WhyNotJson(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return "The event is not valid UTF-8; send JSON in UTF-8";
        }

        if (FirstFault(WithoutMark(json)) is { } fault)
        {
            string place = $"line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1} of the event";
            return $"The event is not valid JSON ({place}); correct the JSON there";
        }

        return "The event is not valid JSON; send one JSON object";
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // in the caller's try block its locals would live in memory
    private static EventError? Scan(ReadOnlyMemory<byte> json, ref ParsedEvent index, ref JsonSlice type)
    {
        int start = JsonTokenizer.SkipWhiteSpace(json.Span, 0);
        if (start == json.Length || json.Span[start] != '{')
        {
            if (FirstFault(json) is { } fault)
            {
                throw fault;
            }

            return EventError.NotAnObject;
        }

        var members = new MemberReader(new JsonSlice(json[start..]));
        while (members.Next())
        {
            if (members.Depth >= RudderEvent.MaxDepth && IsTooDeep(members.Value))
            {
                return EventError.TooDeep(JsonText.Decode(members.NameSpan));
            }

            Note(members.NameSpan, members.Value, ref index, ref type);
        }

        if (JsonTokenizer.SkipWhiteSpace(json.Span, start + members.End) < json.Length)
        {
            JsonTokenizer.Fail();
        }

        return null;
    }

    /// <summary>The event itself is the first level. What is no JSON is not too deep: that is for others to tell.</summary>
    private static bool IsTooDeep(JsonSlice value)
    {
        var reader = new Utf8JsonReader(value.Span, JsonSlice.AnyDepth);
        while (reader.Read())
        {
            if (
                reader.CurrentDepth >= RudderEvent.MaxDepth - 1
                && reader.TokenType is (JsonTokenType.StartObject or JsonTokenType.StartArray)
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the text stops being JSON; null where it does not.</summary>
    private static JsonException? FirstFault(ReadOnlyMemory<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span, JsonSlice.AnyDepth);
            while (reader.Read())
            {
                continue;
            }

            return null;
        }
        catch (JsonException exception)
        {
            return exception;
        }
    }

    /// <summary>The text without a byte order mark.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) => json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static void Note(ReadOnlySpan<byte> name, JsonSlice value, ref ParsedEvent index, ref JsonSlice type)
    {
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("type"u8):
                type = value;
                break;
            case 4 when name.SequenceEqual("name"u8):
                index.Name = value;
                break;
            case 5 when name.SequenceEqual("event"u8):
                index.Event = value;
                break;
            case 6 when name.SequenceEqual("userId"u8):
                index.UserId = value;
                break;
            case 6 when name.SequenceEqual("traits"u8):
                index.Traits = value;
                break;
            case 6 when name.SequenceEqual("sentAt"u8):
                index.SentAt = value;
                break;
            case 7 when name.SequenceEqual("context"u8):
                index.Context = value;
                break;
            case 7 when name.SequenceEqual("channel"u8):
                index.Channel = value;
                break;
            case 8 when name.SequenceEqual("category"u8):
                index.Category = value;
                break;
            case 9 when name.SequenceEqual("messageId"u8):
                index.MessageId = value;
                break;
            case 9 when name.SequenceEqual("timestamp"u8):
                index.Timestamp = value;
                break;
            case 10 when name.SequenceEqual("properties"u8):
                index.Properties = value;
                break;
            case 10 when name.SequenceEqual("previousId"u8):
                index.PreviousId = value;
                break;
            case 10 when name.SequenceEqual("receivedAt"u8):
                index.ReceivedAt = value;
                break;
            case 11 when name.SequenceEqual("anonymousId"u8):
                index.AnonymousId = value;
                break;
            case 12 when name.SequenceEqual("integrations"u8):
                index.Integrations = value;
                break;
            case 17 when name.SequenceEqual("originalTimestamp"u8):
                index.OriginalTimestamp = value;
                break;
        }
    }

    private static EventError? CallOf(JsonSlice type, out EventType call)
    {
        call = default;
        if (!type.IsTruthy)
        {
            return new EventError(EventErrorCode.TypeMissing, "type", "Message Type is not present. Aborting message.", KnownCalls);
        }

        if (type.Kind != JsonValueKind.String)
        {
            return EventError.WrongKind("type", $"text: {KnownCalls}");
        }

        ReadOnlySpan<byte> text = type.ContentSpan();
        switch (text.Length)
        {
            case 4 when Ascii.EqualsIgnoreCase(text, "page"u8):
                call = EventType.Page;
                return null;
            case 5 when Ascii.EqualsIgnoreCase(text, "track"u8):
                call = EventType.Track;
                return null;
            case 5 when Ascii.EqualsIgnoreCase(text, "alias"u8):
                call = EventType.Alias;
                return null;
            case 6 when Ascii.EqualsIgnoreCase(text, "screen"u8):
                call = EventType.Screen;
                return null;
            case 8 when Ascii.EqualsIgnoreCase(text, "identify"u8):
                call = EventType.Identify;
                return null;
            default:
                return new EventError(EventErrorCode.TypeNotSupported, "type", "Message type not supported", KnownCalls)
                {
                    IsUnsupportedCall = IsUnsupportedCall(text),
                };
        }
    }

    /// <summary>RudderStack's other calls.</summary>
    private static bool IsUnsupportedCall(ReadOnlySpan<byte> type) =>
        type.Length switch
        {
            5 => Ascii.EqualsIgnoreCase(type, "group"u8) || Ascii.EqualsIgnoreCase(type, "merge"u8),
            6 => Ascii.EqualsIgnoreCase(type, "record"u8),
            12 => Ascii.EqualsIgnoreCase(type, "audiencelist"u8),
            _ => false,
        };

    private static EventError? CheckKinds(in ParsedEvent index)
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
            ?? (
                index.Properties.IsText(""u8) && index.Call is EventType.Track or EventType.Page or EventType.Screen
                    ? new EventError(EventErrorCode.WrongKind, "properties", "Missing required value from \"properties\"", Bag)
                    : CheckBag("properties", index.Properties)
            );

        static EventError? CheckId(string field, JsonSlice value) =>
            value.IsMissing
            || value.Span[0] is (byte)'"' or (byte)'n'
            || (value.Kind == JsonValueKind.Number && double.IsFinite(JsonNumber.ToDouble(value.Span)))
                ? null
                : EventError.WrongKind(field, Id);

        static EventError? CheckBag(string field, JsonSlice value) =>
            value.IsMissing || value.Span[0] is (byte)'{' or (byte)'n' ? null : EventError.WrongKind(field, Bag);
    }
}
