using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Web;

namespace CleverTap.Rudder;

/// <summary>Transforms RudderStack events into CleverTap records.</summary>
/// <remarks>
/// A bad event gives a result with an error, never an exception. A transformer is immutable and thread-safe. It uses neither a clock
/// nor the network. Input is copied before it is read: a caller may reuse or change its buffer at any time.
/// </remarks>
/// <example>
/// <code>
/// TransformResult result = CleverTapTransformer.Default.Transform(json);
/// foreach (CleverTapRecord record in result.Records)
/// {
///     Console.WriteLine(record.ToJson());
/// }
/// </code>
/// </example>
public sealed class CleverTapTransformer
{
    private readonly MappingOptions webOptions;

    /// <summary>Creates a transformer.</summary>
    /// <param name="options">The mapping options. Default <see cref="MappingOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">
    /// Rules of the options contradict each other, or contain a blank or reserved name. The message lists all errors.
    /// </exception>
    public CleverTapTransformer(MappingOptions? options = null)
    {
        Options = options ?? MappingOptions.Default;
        string errors = string.Join("; ", MappingRulesValidator.Validate(Options));
        if (errors.Length > 0)
        {
            throw new ArgumentException(errors, nameof(options));
        }

        webOptions = Options with { IsForWeb = true };
    }

    /// <summary>Gets the transformer with <see cref="MappingOptions.Default"/>.</summary>
    public static CleverTapTransformer Default { get; } = new();

    /// <summary>Gets the mapping options of this transformer.</summary>
    public MappingOptions Options { get; }

    /// <summary>Transforms one event.</summary>
    /// <param name="rudderEvent">The event.</param>
    /// <returns>The records of the event, or the reason why it has none.</returns>
    public TransformResult Transform(RudderEvent rudderEvent) => Transform(rudderEvent, Options);

    /// <summary>Transforms one event that is given as JSON text.</summary>
    /// <param name="json">One RudderStack event, a JSON object.</param>
    /// <returns>The records of the event, or the reason why it has none.</returns>
    public TransformResult Transform(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return TransformOwned(RudderEvent.ToUtf8(json), Options);
    }

    /// <summary>Transforms one event that is given as a JSON element.</summary>
    /// <param name="json">One RudderStack event, a JSON object.</param>
    /// <returns>The records of the event, or the reason why it has none.</returns>
    public TransformResult Transform(JsonElement json) => TransformOwned(RudderEvent.ToUtf8(json), Options);

    /// <summary>Transforms one event that is given as JSON in UTF-8.</summary>
    /// <param name="utf8Json">One RudderStack event, a JSON object. It is copied first, so that later changes have no effect.</param>
    /// <returns>The records of the event, or the reason why it has none.</returns>
    public TransformResult Transform(ReadOnlyMemory<byte> utf8Json)
    {
        MappingContext context = MappingContext.Rent();
        EventError? error = TransformCopy(utf8Json, context, out FilterReason? filterReason);
        return context.ReturnWithResult(error, filterReason);
    }

    /// <summary>Transforms one event from UTF-8 to UTF-8, without record objects.</summary>
    /// <param name="utf8Json">One RudderStack event, a JSON object. It is copied first, so that later changes have no effect.</param>
    /// <param name="output">The writer that receives the records.</param>
    /// <returns>The number of records written, or the reason why there are none.</returns>
    /// <remarks>
    /// The records are separated by commas, as in the <c>d</c> array of an upload body. Nothing is written for an event that is not
    /// mapped. The copy of the input is a buffer that is reused, so that it costs no allocation per event.
    /// </remarks>
    public Utf8TransformResult Transform(ReadOnlyMemory<byte> utf8Json, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        MappingContext context = MappingContext.Rent();
        EventError? error = TransformCopy(utf8Json, context, out FilterReason? filterReason);
        bool isMapped = error is null && filterReason is null;
        int recordCount = isMapped ? WriteRecords(context.Records, output) : 0;
        var result = new Utf8TransformResult(recordCount, recordCount > 0 ? context.CopyWarnings() : [], filterReason, error);
        context.Return();
        return result;
    }

    /// <summary>Transforms one event into calls of CleverTap's web SDK, for a page that sends it (device mode).</summary>
    /// <param name="rudderEvent">The event. An identify call is a login.</param>
    /// <returns>The calls of the event, or the reason why it has none.</returns>
    /// <remarks>
    /// <para>
    /// Names and traits are those of <see cref="Transform(RudderEvent)"/>, and the same options apply, with these exceptions:
    /// <see cref="MappingOptions.NativeSdk"/> does not filter, because the page itself sends; <see cref="MappingOptions.Consent"/>
    /// follows the rule of RudderStack's JavaScript SDK; <see cref="MappingOptions.WebAllowEvents"/> and
    /// <see cref="MappingOptions.WebDenyEvents"/> apply too.
    /// </para>
    /// <para>Screen and alias calls have no counterpart: they give <see cref="EventErrorCode.TypeNotSupported"/>.</para>
    /// <para>
    /// The calls omit what only an upload can contain: the time of the event (the SDK sends the time of the call), the objectId (the
    /// SDK has its own, so that an event needs no id) and push tokens.
    /// </para>
    /// </remarks>
    public WebTransformResult TransformForWeb(RudderEvent rudderEvent) => TransformForWeb(rudderEvent, isSignedIn: false);

    /// <inheritdoc cref="TransformForWeb(RudderEvent)"/>
    /// <param name="rudderEvent">The event.</param>
    /// <param name="isSignedIn">
    /// Whether the SDK of the page already knows the user. If true, an identify call changes the profile (<c>profile.push</c>);
    /// if false, it is a login (<c>onUserLogin.push</c>).
    /// </param>
    public WebTransformResult TransformForWeb(RudderEvent rudderEvent, bool isSignedIn) =>
        WebTransformResult.FromRecords(Transform(rudderEvent, webOptions), isSignedIn);

    /// <inheritdoc cref="TransformForWeb(RudderEvent)"/>
    /// <param name="json">One RudderStack event, a JSON object. An identify call is a login.</param>
    public WebTransformResult TransformForWeb(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return WebTransformResult.FromRecords(TransformOwned(RudderEvent.ToUtf8(json), webOptions), isSignedIn: false);
    }

    /// <summary>
    /// Transforms one event into a context of the caller, whose records are valid if there is neither an error nor a reason.
    /// </summary>
    /// <param name="utf8Json">The event. Its memory must not change during the call.</param>
    /// <param name="context">The context that receives the records.</param>
    /// <param name="filterReason">The reason why the event is filtered, or null.</param>
    internal EventError? Transform(ReadOnlyMemory<byte> utf8Json, MappingContext context, out FilterReason? filterReason) =>
        ReadAndMap(utf8Json, context, Options, out filterReason);

    private static TransformResult Transform(RudderEvent rudderEvent, MappingOptions options)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        ref readonly ParsedEvent parsed = ref rudderEvent.Parsed;
        if (parsed.CheckLimits(options.MaxEventBytes) is { } limitError)
        {
            return TransformResult.Invalid(limitError);
        }

        MappingContext context = MappingContext.Rent();
        EventError? error = Map(parsed, rudderEvent, context, options, out FilterReason? filterReason);
        return context.ReturnWithResult(error, filterReason);
    }

    /// <summary>Transforms an event whose memory only this call can change.</summary>
    private static TransformResult TransformOwned(ReadOnlyMemory<byte> utf8Json, MappingOptions options)
    {
        MappingContext context = MappingContext.Rent();
        EventError? error = ReadAndMap(utf8Json, context, options, out FilterReason? filterReason);
        return context.ReturnWithResult(Explain(error, utf8Json, options), filterReason);
    }

    /// <summary>Copies an event of the caller, who may change its memory at any time, and transforms the copy.</summary>
    private EventError? TransformCopy(ReadOnlyMemory<byte> utf8Json, MappingContext context, out FilterReason? filterReason)
    {
        // An event that is too large is not worth a copy.
        if (utf8Json.Length > Options.MaxEventBytes)
        {
            filterReason = null;
            return EventError.TooLarge(Options.MaxEventBytes);
        }

        ReadOnlyMemory<byte> copy = context.CopyInput(utf8Json.Span);
        return Explain(ReadAndMap(copy, context, Options, out filterReason), copy, Options);
    }

    private static EventError? ReadAndMap(
        ReadOnlyMemory<byte> utf8Json,
        MappingContext context,
        MappingOptions options,
        out FilterReason? filterReason
    )
    {
        filterReason = null;
        if (utf8Json.Length > options.MaxEventBytes)
        {
            return EventError.TooLarge(options.MaxEventBytes);
        }

        if (EventReader.Read(utf8Json, out ParsedEvent parsed) is { } error)
        {
            filterReason = options.FilterReasonFor(error);
            return filterReason is null ? error : null;
        }

        try
        {
            return Map(parsed, rudderEvent: null, context, options, out filterReason);
        }
        catch (JsonException)
        {
            // The JSON of a bag is checked while a mapper reads it: an error in it shows only here.
            return EventReader.NotJson(utf8Json) with { MessageId = parsed.MessageId.ToText() };
        }
    }

    private static EventError? Map(
        in ParsedEvent parsed,
        RudderEvent? rudderEvent,
        MappingContext context,
        MappingOptions options,
        out FilterReason? filterReason
    )
    {
        context.Start(options);
        filterReason = MappingFilter.ReasonFor(parsed, context);
        if (filterReason is not null)
        {
            return null;
        }

        EventError? error = MapCall(parsed, rudderEvent, context, options, out filterReason);
        return error is null ? null : error with { MessageId = parsed.MessageId.ToText() };
    }

    private static EventError? MapCall(
        in ParsedEvent parsed,
        RudderEvent? rudderEvent,
        MappingContext context,
        MappingOptions options,
        out FilterReason? filterReason
    )
    {
        filterReason = null;
        if (options.IsForWeb && !NativeSdk.SupportsWeb(parsed.Type))
        {
            return WebCalls.NotSupported;
        }

        return options.Mappers.FindBuiltIn(parsed.Type) is { } mapper
            ? mapper.Map(parsed, context)
            : MapByHost(rudderEvent ?? RudderEvent.CreateCopy(parsed), context, options, out filterReason);
    }

    /// <summary>Calls the mapper of the host. It receives an event that owns its memory, because it may keep it.</summary>
    private static EventError? MapByHost(
        RudderEvent rudderEvent,
        MappingContext context,
        MappingOptions options,
        out FilterReason? filterReason
    )
    {
        TransformResult result = options.Mappers.Map(rudderEvent, options);
        filterReason = result.FilterReason;
        context.Append(result);
        return result.Error;
    }

    private static int WriteRecords(RecordWriter records, IBufferWriter<byte> output)
    {
        int count = 0;
        foreach (RecordWriter.Written record in records.Records)
        {
            if (count++ > 0)
            {
                output.Write(","u8);
            }

            output.Write(records.Bytes.Slice(record.Start, record.Length));
        }

        return count;
    }

    /// <summary>
    /// Adds to an error what the input is if it is not an event. This costs a second look at the input, as warnings do: without
    /// <see cref="MappingOptions.CheckRules"/> the error keeps the text of the reference.
    /// </summary>
    private static EventError? Explain(EventError? error, ReadOnlyMemory<byte> utf8Json, MappingOptions options) =>
        error is null || !options.CheckRules ? error : EventWrapper.Explain(error, utf8Json);
}
