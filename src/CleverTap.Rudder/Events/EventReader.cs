using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>Reads the JSON of an event once and stores slices of its fields. Invalid input is an error, never an exception.</summary>
internal static class EventReader
{
    private const string KnownTypes = "identify, track, page, screen or alias";
    private const string ExpectedScalar = "text or a number";
    private const string ExpectedBag = "an object";

    /// <summary>Reads an event for one transformation.</summary>
    /// <remarks>
    /// Of objects and arrays, only the depth and the end are validated. The code that reads into them validates them, including the
    /// UTF-8 of each text. Parts that the transformation does not need are skipped without validation.
    /// </remarks>
    /// <returns>Null if the event could be read.</returns>
    public static EventError? Read(ReadOnlyMemory<byte> json, out ParsedEvent parsed)
    {
        parsed = default;
        json = SkipByteOrderMark(json);
        try
        {
            JsonSlice type = default;
            EventError? error = ReadFields(json, ref parsed, ref type);
            error ??= ReadType(type, out parsed.Type) ?? CheckFieldKinds(parsed);
            return error is null ? null : error with { MessageId = parsed.MessageId.ToText() };
        }
        catch (JsonException)
        {
            return NotJson(json) with { MessageId = parsed.MessageId.ToText() };
        }
    }

    /// <summary>Reads an event and validates every token, so that an event that is kept as an object is well-formed as a whole.</summary>
    /// <returns>Null if the event could be read.</returns>
    public static EventError? ReadWhole(ReadOnlyMemory<byte> json, out ParsedEvent parsed)
    {
        EventError? error = Read(json, out parsed);
        if (error?.Code is EventErrorCode.NotJson or EventErrorCode.NotAnObject or EventErrorCode.TooDeep)
        {
            return error;
        }

        bool isJson = Utf8.IsValid(json.Span) && FindSyntaxError(SkipByteOrderMark(json)) is null;
        return isJson ? error : NotJson(json) with { MessageId = parsed.MessageId.ToText() };
    }

    /// <summary>The error of an event that is not JSON in UTF-8.</summary>
    public static EventError NotJson(ReadOnlyMemory<byte> json) =>
        new(EventErrorCode.NotJson, "", DescribeSyntaxError(json), "a JSON object in UTF-8");

    /// <summary>The text without a byte order mark.</summary>
    public static ReadOnlyMemory<byte> SkipByteOrderMark(ReadOnlyMemory<byte> json) => json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static string DescribeSyntaxError(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return "The event is not valid UTF-8; send JSON in UTF-8";
        }

        if (FindSyntaxError(SkipByteOrderMark(json)) is { } syntaxError)
        {
            string position = $"line {syntaxError.LineNumber + 1}, byte {syntaxError.BytePositionInLine + 1} of the event";
            return $"The event is not valid JSON ({position}); correct the JSON there";
        }

        return "The event is not valid JSON; send one JSON object";
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // Inside the try block of the caller, the locals could not live in registers.
    private static EventError? ReadFields(ReadOnlyMemory<byte> json, ref ParsedEvent parsed, ref JsonSlice type)
    {
        int start = JsonTokenizer.SkipWhiteSpace(json.Span, 0);
        if (start == json.Length || json.Span[start] != '{')
        {
            return FindSyntaxError(json) is { } syntaxError ? throw syntaxError : EventError.NotAnObject;
        }

        var members = new MemberReader(new JsonSlice(json[start..]));
        while (members.Next())
        {
            if (members.Depth >= RudderEvent.MaxDepth && IsTooDeep(members.Value))
            {
                return EventError.TooDeep(JsonText.Decode(members.NameSpan));
            }

            SetField(members.NameSpan, members.Value, ref parsed, ref type);
        }

        if (JsonTokenizer.SkipWhiteSpace(json.Span, start + members.End) < json.Length)
        {
            JsonTokenizer.Fail();
        }

        return null;
    }

    /// <summary>Whether a field exceeds the depth limit; the event itself is the first level.</summary>
    /// <exception cref="JsonException">The field is not JSON.</exception>
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

    /// <summary>The first syntax error of the text; null if it is JSON.</summary>
    private static JsonException? FindSyntaxError(ReadOnlyMemory<byte> json)
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

    /// <summary>Stores a member of the event. The length of the name selects at most four names to compare.</summary>
    private static void SetField(ReadOnlySpan<byte> name, JsonSlice value, ref ParsedEvent parsed, ref JsonSlice type)
    {
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("type"u8):
                type = value;
                break;
            case 4 when name.SequenceEqual("name"u8):
                parsed.Name = value;
                break;
            case 5 when name.SequenceEqual("event"u8):
                parsed.Event = value;
                break;
            case 6 when name.SequenceEqual("userId"u8):
                parsed.UserId = value;
                break;
            case 6 when name.SequenceEqual("traits"u8):
                parsed.Traits = value;
                break;
            case 6 when name.SequenceEqual("sentAt"u8):
                parsed.SentAt = value;
                break;
            case 7 when name.SequenceEqual("context"u8):
                parsed.Context = value;
                break;
            case 7 when name.SequenceEqual("channel"u8):
                parsed.Channel = value;
                break;
            case 8 when name.SequenceEqual("category"u8):
                parsed.Category = value;
                break;
            case 9 when name.SequenceEqual("messageId"u8):
                parsed.MessageId = value;
                break;
            case 9 when name.SequenceEqual("timestamp"u8):
                parsed.Timestamp = value;
                break;
            case 10 when name.SequenceEqual("properties"u8):
                parsed.Properties = value;
                break;
            case 10 when name.SequenceEqual("previousId"u8):
                parsed.PreviousId = value;
                break;
            case 10 when name.SequenceEqual("receivedAt"u8):
                parsed.ReceivedAt = value;
                break;
            case 11 when name.SequenceEqual("anonymousId"u8):
                parsed.AnonymousId = value;
                break;
            case 12 when name.SequenceEqual("integrations"u8):
                parsed.Integrations = value;
                break;
            case 17 when name.SequenceEqual("originalTimestamp"u8):
                parsed.OriginalTimestamp = value;
                break;
        }
    }

    private static EventError? ReadType(JsonSlice value, out EventType type)
    {
        type = default;
        if (!value.IsTruthy)
        {
            return new EventError(EventErrorCode.TypeMissing, "type", "Message Type is not present. Aborting message.", KnownTypes);
        }

        if (value.Kind != JsonValueKind.String)
        {
            return EventError.WrongKind("type", $"text: {KnownTypes}");
        }

        ReadOnlySpan<byte> name = value.ContentSpan();
        return TryParseType(name, out type)
            ? null
            : new EventError(EventErrorCode.TypeNotSupported, "type", "Message type not supported", KnownTypes)
            {
                IsUnsupportedCall = IsUnsupportedCall(name),
            };
    }

    private static bool TryParseType(ReadOnlySpan<byte> name, out EventType type)
    {
        EventType? known = name.Length switch
        {
            4 when Ascii.EqualsIgnoreCase(name, "page"u8) => EventType.Page,
            5 when Ascii.EqualsIgnoreCase(name, "track"u8) => EventType.Track,
            5 when Ascii.EqualsIgnoreCase(name, "alias"u8) => EventType.Alias,
            6 when Ascii.EqualsIgnoreCase(name, "screen"u8) => EventType.Screen,
            8 when Ascii.EqualsIgnoreCase(name, "identify"u8) => EventType.Identify,
            _ => null,
        };
        type = known.GetValueOrDefault();
        return known.HasValue;
    }

    /// <summary>Whether the type is a call of RudderStack that has no counterpart in CleverTap.</summary>
    private static bool IsUnsupportedCall(ReadOnlySpan<byte> type) =>
        type.Length switch
        {
            5 => Ascii.EqualsIgnoreCase(type, "group"u8) || Ascii.EqualsIgnoreCase(type, "merge"u8),
            6 => Ascii.EqualsIgnoreCase(type, "record"u8),
            12 => Ascii.EqualsIgnoreCase(type, "audiencelist"u8),
            _ => false,
        };

    /// <summary>Checks that ids and names are scalars and that bags are objects.</summary>
    private static EventError? CheckFieldKinds(in ParsedEvent parsed) => CheckScalars(parsed) ?? CheckBags(parsed);

    private static EventError? CheckScalars(in ParsedEvent parsed) =>
        CheckScalar("userId", parsed.UserId)
        ?? CheckScalar("anonymousId", parsed.AnonymousId)
        ?? CheckScalar("previousId", parsed.PreviousId)
        ?? CheckScalar("event", parsed.Event)
        ?? CheckScalar("name", parsed.Name);

    private static EventError? CheckBags(in ParsedEvent parsed) =>
        CheckBag("traits", parsed.Traits) ?? CheckBag("context", parsed.Context) ?? CheckProperties(parsed);

    private static EventError? CheckScalar(string field, JsonSlice value)
    {
        bool isValid = value.IsMissing || value.Span[0] is (byte)'"' or (byte)'n' || IsFiniteNumber(value);
        return isValid ? null : EventError.WrongKind(field, ExpectedScalar);
    }

    private static bool IsFiniteNumber(JsonSlice value) =>
        value.Kind == JsonValueKind.Number && double.IsFinite(JsonNumber.ToDouble(value.Span));

    private static EventError? CheckBag(string field, JsonSlice value) =>
        value.IsMissing || value.Span[0] is (byte)'{' or (byte)'n' ? null : EventError.WrongKind(field, ExpectedBag);

    /// <summary>Checks the properties; rudder-transformer has its own message for properties that are an empty text.</summary>
    private static EventError? CheckProperties(in ParsedEvent parsed)
    {
        bool isEmptyText = parsed.Properties.IsText(""u8);
        return isEmptyText && parsed.Type is EventType.Track or EventType.Page or EventType.Screen
            ? new EventError(EventErrorCode.WrongKind, "properties", "Missing required value from \"properties\"", ExpectedBag)
            : CheckBag("properties", parsed.Properties);
    }
}
