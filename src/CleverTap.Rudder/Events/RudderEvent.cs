using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>
/// An event as RudderStack collects it: one of <see cref="IdentifyEvent"/>, <see cref="TrackEvent"/>,
/// <see cref="PageEvent"/>, <see cref="ScreenEvent"/> and <see cref="AliasEvent"/>. Parse it from JSON or build it with
/// an object initialiser. Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// Ids are text: a numeric id in JSON becomes its digits. The order of members does not matter, escaped member names
/// count, the last of duplicate members wins, <c>type</c> may be in any case, unknown members are ignored.
/// </remarks>
[JsonConverter(typeof(RudderEventJsonConverter))]
public abstract record RudderEvent
{
    /// <summary>How deep objects and arrays may be nested; the event itself is the first level.</summary>
    public const int MaxDepth = 64;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ParsedEvent index;

    private protected RudderEvent(ParsedEvent index) => this.index = index;

    /// <summary>The id of this very call, given by the SDK.</summary>
    public string? MessageId
    {
        get => index.MessageId.ToText();
        init => index.MessageId = JsonSlice.FromText(value);
    }

    /// <summary>Who the user is, in the customer's own words. CleverTap calls it the identity.</summary>
    public string? UserId
    {
        get => index.UserId.ToText();
        init => index.UserId = JsonSlice.FromText(value);
    }

    /// <summary>The id an SDK gave to somebody not yet known, or to a device.</summary>
    public string? AnonymousId
    {
        get => index.AnonymousId.ToText();
        init => index.AnonymousId = JsonSlice.FromText(value);
    }

    /// <summary>Where the call was made: <c>web</c>, <c>mobile</c>, <c>server</c> or <c>sources</c>.</summary>
    public string? Channel
    {
        get => index.Channel.ToText();
        init => index.Channel = JsonSlice.FromText(value);
    }

    /// <summary>When the call was made, by the clock of its device; null where it is missing or not an ISO 8601 date.</summary>
    public DateTimeOffset? OriginalTimestamp
    {
        get => ToDate(index.OriginalTimestamp);
        init => index.OriginalTimestamp = FromDate(value);
    }

    /// <summary>When the call was made, given by the caller or corrected by RudderStack; null as for <see cref="OriginalTimestamp"/>.</summary>
    public DateTimeOffset? Timestamp
    {
        get => ToDate(index.Timestamp);
        init => index.Timestamp = FromDate(value);
    }

    /// <summary>When the SDK sent the call, by the clock of its device; null as for <see cref="OriginalTimestamp"/>.</summary>
    public DateTimeOffset? SentAt
    {
        get => ToDate(index.SentAt);
        init => index.SentAt = FromDate(value);
    }

    /// <summary>When RudderStack received the call, by its own clock; null as for <see cref="OriginalTimestamp"/>.</summary>
    public DateTimeOffset? ReceivedAt
    {
        get => ToDate(index.ReceivedAt);
        init => index.ReceivedAt = FromDate(value);
    }

    /// <summary>What the SDK knows of the surroundings: <c>context.traits</c>, <c>context.device</c>, <c>context.os</c> and more.</summary>
    public JsonBag Context
    {
        get => new(index.Context);
        init => index.Context = Take(value);
    }

    /// <summary>
    /// Which destinations the event is for, and options for them: <c>{"All": true, "CleverTap": {…}}</c>. Empty if the event has
    /// something else in its place, such as a text, by which the event is for no destination.
    /// </summary>
    public JsonBag Integrations
    {
        get => index.Integrations.Kind is JsonValueKind.Object or JsonValueKind.Null ? new(index.Integrations) : default;
        init => index.Integrations = Take(value);
    }

    /// <summary>Reads an event from memory that is the event's own from now on.</summary>
    internal static bool TryReadOwned(
        ReadOnlyMemory<byte> utf8Json,
        [NotNullWhen(true)] out RudderEvent? parsed,
        [NotNullWhen(false)] out EventError? error
    )
    {
        error = EventReader.ReadWhole(utf8Json, out ParsedEvent index);
        parsed = error is null ? Create(index) : null;
        error = error is null ? null : EventWrapper.Explain(error, utf8Json);
        return error is null;
    }

    internal ref readonly ParsedEvent Index => ref index;

    private protected ref ParsedEvent Fields => ref index;

    private protected JsonSlice Take(JsonBag bag)
    {
        index.IsTooDeep |= bag.IsTooDeep;
        return bag.Value;
    }

    /// <summary>Reads an event.</summary>
    /// <param name="json">One JSON object.</param>
    /// <exception cref="RudderEventFormatException">The text is not a supported event; the exception says which field is wrong.</exception>
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

    /// <summary>
    /// Reads an event; says what is wrong instead of throwing. It is not called TryParse because ASP.NET Core would take a
    /// method of that name for the way to read the event from a route or query, and reject to start.
    /// </summary>
    /// <param name="json">One JSON object.</param>
    /// <param name="parsed">The event, where it could be read.</param>
    /// <param name="error">What is wrong with it, where it could not.</param>
    public static bool TryRead(string json, [NotNullWhen(true)] out RudderEvent? parsed, [NotNullWhen(false)] out EventError? error)
    {
        ArgumentNullException.ThrowIfNull(json);
        return TryReadOwned(ToUtf8(json), out parsed, out error);
    }

    /// <inheritdoc cref="TryRead(string, out RudderEvent?, out EventError?)"/>
    /// <param name="utf8Json">One JSON object in UTF-8. It is copied, so its memory may be used again.</param>
    /// <param name="parsed">The event, where it could be read.</param>
    /// <param name="error">What is wrong with it, where it could not.</param>
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
    /// <param name="parsed">The event, where it could be read.</param>
    /// <param name="error">What is wrong with it, where it could not.</param>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out RudderEvent? parsed, [NotNullWhen(false)] out EventError? error) =>
        TryReadOwned(ToUtf8(json), out parsed, out error);

    /// <summary>
    /// Reads the events of a body: the batch of RudderStack's HTTP API (<c>{"batch": […], "sentAt": "…"}</c>), an array of events, or
    /// one event. Every element is read on its own: a bad one never costs the others.
    /// </summary>
    /// <param name="json">The body, JSON.</param>
    /// <returns>
    /// For each element, in order, the event or what is wrong with it. A body that is not JSON as a whole, or neither a batch, an
    /// array nor an event, is one element with an error. An empty batch has no elements.
    /// </returns>
    /// <remarks>Every event without a <see cref="SentAt"/> of its own gets the one of the batch, as rudder-server does it.</remarks>
    /// <example>
    /// <code>
    /// foreach (BatchElement element in RudderEvent.ReadBatch(body))
    /// {
    ///     if (element.IsEvent) await queue.EnqueueAsync(element.Event, cancellationToken);
    ///     else logger.LogWarning("Element {Index}: {Code} in {Field}", element.Index, element.Error.Code, element.Error.Field);
    /// }
    /// </code>
    /// </example>
    public static IReadOnlyList<BatchElement> ReadBatch(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return BatchReader.Read(ToUtf8(json));
    }

    /// <inheritdoc cref="ReadBatch(string)"/>
    /// <param name="utf8Json">The body, JSON in UTF-8. The events keep slices of this memory: do not change it afterwards.</param>
    public static IReadOnlyList<BatchElement> ReadBatch(ReadOnlyMemory<byte> utf8Json) => BatchReader.Read(utf8Json.ToArray());

    /// <inheritdoc cref="ReadBatch(string)"/>
    /// <param name="json">The body; it is copied, so its document may be disposed.</param>
    public static IReadOnlyList<BatchElement> ReadBatch(JsonElement json) => BatchReader.Read(ToUtf8(json));

    /// <summary>Writes the event as JSON: the members this library knows, others are not kept.</summary>
    /// <param name="writer">Where to write.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        EventWriter.Write(writer, index);
    }

    /// <summary>The event as JSON; see <see cref="WriteTo"/>.</summary>
    public string ToJson() => Encoding.UTF8.GetString(EventWriter.ToUtf8(index));

    /// <summary>The call and the message id. The rest may be personal data and is never part of a text.</summary>
    public sealed override string ToString() => $"{EventWriter.TypeOf(index.Call)} {MessageId}".TrimEnd();

    /// <summary>Bytes that are not UTF-8 stand for text that UTF-8 cannot hold, so that the reader rejects it.</summary>
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

    internal static RudderEvent Create(ParsedEvent index) =>
        index.Call switch
        {
            EventType.Identify => new IdentifyEvent(index),
            EventType.Track => new TrackEvent(index),
            EventType.Page => new PageEvent(index),
            EventType.Screen => new ScreenEvent(index),
            _ => new AliasEvent(index),
        };

    /// <summary>An event of its own memory from one that is an index into memory of the caller.</summary>
    /// <exception cref="JsonException">A bag is not JSON.</exception>
    internal static RudderEvent CopyOf(in ParsedEvent index) =>
        TryReadOwned(EventWriter.ToUtf8(index), out RudderEvent? copy, out _) ? copy : throw new JsonException();

    private static DateTimeOffset? ToDate(JsonSlice value) =>
        IsoDate.TryRead(value, out long milliseconds) && milliseconds is >= -62135596800000 and <= 253402300799999
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    private static JsonSlice FromDate(DateTimeOffset? value) =>
        JsonSlice.FromText(value?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
