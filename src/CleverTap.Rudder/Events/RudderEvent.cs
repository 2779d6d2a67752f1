using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>An event that RudderStack collects.</summary>
/// <remarks>
/// <para>
/// It is an <see cref="IdentifyEvent"/>, <see cref="TrackEvent"/>, <see cref="PageEvent"/>, <see cref="ScreenEvent"/> or
/// <see cref="AliasEvent"/>. Parse it from JSON or create it with an object initializer. It is immutable and thread-safe.
/// </para>
/// <para>
/// Ids are text: a numeric id in JSON becomes the text of its digits. Members may have any order and their names may be escaped. The
/// last of duplicate members wins. The case of <c>type</c> is ignored, and so are unknown members.
/// </para>
/// </remarks>
[JsonConverter(typeof(RudderEventJsonConverter))]
public abstract record RudderEvent
{
    /// <summary>The maximum nesting depth of objects and arrays; the event itself is the first level.</summary>
    public const int MaxDepth = 64;

    /// <summary>The first millisecond of a DateTimeOffset since 1970.</summary>
    private const long MinUnixMilliseconds = -62135596800000;

    /// <summary>The last millisecond of a DateTimeOffset since 1970.</summary>
    internal const long MaxUnixMilliseconds = 253402300799999;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ParsedEvent fields;

    private protected RudderEvent(ParsedEvent parsed) => fields = parsed;

    /// <summary>Gets the id of the call, which the SDK assigns.</summary>
    public string? MessageId
    {
        get => fields.MessageId.ToText();
        init => fields.MessageId = JsonSlice.FromText(value);
    }

    /// <summary>Gets the id of the user in your systems. CleverTap calls it the identity.</summary>
    public string? UserId
    {
        get => fields.UserId.ToText();
        init => fields.UserId = JsonSlice.FromText(value);
    }

    /// <summary>Gets the id that an SDK assigned to an unknown user or to a device.</summary>
    public string? AnonymousId
    {
        get => fields.AnonymousId.ToText();
        init => fields.AnonymousId = JsonSlice.FromText(value);
    }

    /// <summary>Gets the source of the call: <c>web</c>, <c>mobile</c>, <c>server</c> or <c>sources</c>.</summary>
    public string? Channel
    {
        get => fields.Channel.ToText();
        init => fields.Channel = JsonSlice.FromText(value);
    }

    /// <summary>Gets the time of the call by the clock of the device; null if it is missing or not an ISO 8601 date.</summary>
    public DateTimeOffset? OriginalTimestamp
    {
        get => ToDate(fields.OriginalTimestamp);
        init => fields.OriginalTimestamp = FromDate(value);
    }

    /// <summary>Gets the time of the call that the caller set or RudderStack corrected.</summary>
    /// <remarks>Null if it is missing or not an ISO 8601 date.</remarks>
    public DateTimeOffset? Timestamp
    {
        get => ToDate(fields.Timestamp);
        init => fields.Timestamp = FromDate(value);
    }

    /// <summary>Gets the time when the SDK sent the call, by the clock of the device.</summary>
    /// <remarks>Null if it is missing or not an ISO 8601 date.</remarks>
    public DateTimeOffset? SentAt
    {
        get => ToDate(fields.SentAt);
        init => fields.SentAt = FromDate(value);
    }

    /// <summary>Gets the time when RudderStack received the call, by its clock; null if it is missing or not an ISO 8601 date.</summary>
    public DateTimeOffset? ReceivedAt
    {
        get => ToDate(fields.ReceivedAt);
        init => fields.ReceivedAt = FromDate(value);
    }

    /// <summary>
    /// Gets the context that the SDK collected: <c>context.traits</c>, <c>context.device</c>, <c>context.os</c> and more.
    /// </summary>
    public JsonBag Context
    {
        get => new(fields.Context);
        init => fields.Context = ToSlice(value);
    }

    /// <summary>Gets the destinations of the event and their options: <c>{"All": true, "CleverTap": {…}}</c>.</summary>
    /// <remarks>Empty if the event has another JSON value here, such as a text. Such an event has no destination.</remarks>
    public JsonBag Integrations
    {
        get => fields.Integrations.Kind is JsonValueKind.Object or JsonValueKind.Null ? new(fields.Integrations) : default;
        init => fields.Integrations = ToSlice(value);
    }

    /// <summary>Reads an event that keeps slices of the memory, so the memory must not change afterwards.</summary>
    internal static bool TryReadOwned(
        ReadOnlyMemory<byte> utf8Json,
        [NotNullWhen(true)] out RudderEvent? parsed,
        [NotNullWhen(false)] out EventError? error
    )
    {
        error = EventReader.ReadWhole(utf8Json, out ParsedEvent fields);
        parsed = error is null ? Create(fields) : null;
        error = error is null ? null : EventWrapper.Explain(error, utf8Json);
        return error is null;
    }

    internal ref readonly ParsedEvent Parsed => ref fields;

    private protected ref ParsedEvent Fields => ref fields;

    private protected JsonSlice ToSlice(JsonBag bag)
    {
        fields.IsTooDeep |= bag.IsTooDeep;
        return bag.Value;
    }

    /// <summary>Reads an event and throws an exception if it is invalid.</summary>
    /// <param name="json">One JSON object.</param>
    /// <exception cref="RudderEventFormatException">The input is not a supported event; the exception names the wrong field.</exception>
    public static RudderEvent Parse(string json) =>
        TryRead(json, out RudderEvent? parsed, out EventError? error) ? parsed : throw new RudderEventFormatException(error);

    /// <inheritdoc cref="Parse(string)"/>
    /// <param name="utf8Json">One JSON object in UTF-8. It is copied, so its memory may be used again.</param>
    public static RudderEvent Parse(ReadOnlyMemory<byte> utf8Json) =>
        TryRead(utf8Json, out RudderEvent? parsed, out EventError? error) ? parsed : throw new RudderEventFormatException(error);

    /// <inheritdoc cref="Parse(string)"/>
    /// <param name="json">One JSON object; it is copied, so its document may be disposed.</param>
    public static RudderEvent Parse(JsonElement json) =>
        TryRead(json, out RudderEvent? parsed, out EventError? error) ? parsed : throw new RudderEventFormatException(error);

    /// <summary>Reads an event and returns an error if it is invalid.</summary>
    /// <remarks>
    /// The name is not TryParse, because ASP.NET Core would use a method with that name to bind the event from a route or query and would
    /// fail at startup.
    /// </remarks>
    /// <param name="json">One JSON object.</param>
    /// <param name="parsed">The event; null if it could not be read.</param>
    /// <param name="error">The error; null if the event could be read.</param>
    public static bool TryRead(string json, [NotNullWhen(true)] out RudderEvent? parsed, [NotNullWhen(false)] out EventError? error)
    {
        ArgumentNullException.ThrowIfNull(json);
        return TryReadOwned(ToUtf8(json), out parsed, out error);
    }

    /// <inheritdoc cref="TryRead(string, out RudderEvent?, out EventError?)"/>
    /// <param name="utf8Json">One JSON object in UTF-8. It is copied, so its memory may be used again.</param>
    /// <param name="parsed">The event; null if it could not be read.</param>
    /// <param name="error">The error; null if the event could be read.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> utf8Json,
        [NotNullWhen(true)] out RudderEvent? parsed,
        [NotNullWhen(false)] out EventError? error
    )
    {
        return TryReadOwned(utf8Json.ToArray(), out parsed, out error);
    }

    /// <inheritdoc cref="TryRead(string, out RudderEvent?, out EventError?)"/>
    /// <param name="json">One JSON object; it is copied, so its document may be disposed.</param>
    /// <param name="parsed">The event; null if it could not be read.</param>
    /// <param name="error">The error; null if the event could be read.</param>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out RudderEvent? parsed, [NotNullWhen(false)] out EventError? error) =>
        TryReadOwned(ToUtf8(json), out parsed, out error);

    /// <summary>Reads the events of a body: a batch of RudderStack's HTTP API, an array of events, or one event.</summary>
    /// <param name="json">The body, for example <c>{"batch": […], "sentAt": "…"}</c>.</param>
    /// <returns>
    /// The event or the error of each element, in order. A body that is not JSON, or not a batch, an array or an event, is one element
    /// with an error. An empty batch has no elements.
    /// </returns>
    /// <remarks>
    /// Each element is read separately, so an invalid element does not affect the others. An event without a <see cref="SentAt"/> gets
    /// the one of the batch, as in rudder-server.
    /// </remarks>
    /// <example>
    /// <code>
    /// foreach (BatchElement element in RudderEvent.ReadBatch(body))
    /// {
    ///     if (element.IsEvent)
    ///     {
    ///         await queue.EnqueueAsync(element.Event, cancellationToken);
    ///     }
    ///     else
    ///     {
    ///         logger.LogWarning("Element {Index}: {Code} in {Field}", element.Index, element.Error.Code, element.Error.Field);
    ///     }
    /// }
    /// </code>
    /// </example>
    public static IReadOnlyList<BatchElement> ReadBatch(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return BatchReader.Read(ToUtf8(json));
    }

    /// <inheritdoc cref="ReadBatch(string)"/>
    /// <param name="utf8Json">The body in UTF-8. It is copied, so its memory may be used again.</param>
    public static IReadOnlyList<BatchElement> ReadBatch(ReadOnlyMemory<byte> utf8Json) => BatchReader.Read(utf8Json.ToArray());

    /// <inheritdoc cref="ReadBatch(string)"/>
    /// <param name="json">The body; it is copied, so its document may be disposed.</param>
    public static IReadOnlyList<BatchElement> ReadBatch(JsonElement json) => BatchReader.Read(ToUtf8(json));

    /// <summary>Writes the event as JSON. Members that this library does not know are lost.</summary>
    /// <param name="writer">The writer to write to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        EventWriter.Write(writer, fields);
    }

    /// <summary>Returns the event as JSON; see <see cref="WriteTo"/>.</summary>
    public string ToJson() => Encoding.UTF8.GetString(EventWriter.ToUtf8(fields));

    /// <summary>Returns the type and the message id. Other fields may be personal data and are never part of the text.</summary>
    public sealed override string ToString() => $"{EventWriter.ToTypeName(fields.Type)} {MessageId}".TrimEnd();

    /// <summary>Encodes a text. A text that UTF-8 cannot represent becomes invalid UTF-8, so the reader rejects it.</summary>
    internal static byte[] ToUtf8(string json)
    {
        try
        {
            return Strict.GetBytes(json);
        }
        catch (EncoderFallbackException)
        {
            return [0xFF];
        }
    }

    internal static byte[] ToUtf8(JsonElement json) =>
        json.ValueKind == JsonValueKind.Undefined ? [] : JsonMarshal.GetRawUtf8Value(json).ToArray();

    internal static RudderEvent Create(ParsedEvent parsed) =>
        parsed.Type switch
        {
            EventType.Identify => new IdentifyEvent(parsed),
            EventType.Track => new TrackEvent(parsed),
            EventType.Page => new PageEvent(parsed),
            EventType.Screen => new ScreenEvent(parsed),
            _ => new AliasEvent(parsed),
        };

    /// <summary>Creates an event that owns its memory from fields that are slices of memory of the caller.</summary>
    /// <exception cref="JsonException">A bag is not JSON.</exception>
    internal static RudderEvent CreateCopy(in ParsedEvent parsed) =>
        TryReadOwned(EventWriter.ToUtf8(parsed), out RudderEvent? copy, out _) ? copy : throw new JsonException();

    private static DateTimeOffset? ToDate(JsonSlice value) =>
        IsoDate.TryReadExistingDay(value, out long milliseconds) && milliseconds is >= MinUnixMilliseconds and <= MaxUnixMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    private static JsonSlice FromDate(DateTimeOffset? value) =>
        JsonSlice.FromText(value?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
