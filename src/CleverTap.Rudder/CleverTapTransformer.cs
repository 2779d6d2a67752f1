using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Web;

namespace CleverTap.Rudder;

/// <summary>
/// Turns RudderStack events into CleverTap records. Bad events are results, never exceptions. Immutable and safe to
/// share between threads; it needs neither a clock nor the network.
/// </summary>
public sealed class CleverTapTransformer
{
    private readonly MappingOptions webOptions;

    /// <summary>A transformer with the given options.</summary>
    /// <param name="options">How to map; <see cref="MappingOptions.Default"/> where left out.</param>
    /// <exception cref="ArgumentException">
    /// Rules of the options contradict each other, or have a blank or reserved name; the message has all errors.
    /// </exception>
    public CleverTapTransformer(MappingOptions? options = null)
    {
        Options = options ?? MappingOptions.Default;
        string errors = string.Join("; ", RuleErrors.Of(Options));
        if (errors.Length > 0)
        {
            throw new ArgumentException(errors, nameof(options));
        }

        webOptions = Options with { IsForWeb = true };
    }

    /// <summary>The transformer that follows the guide, made safe: <see cref="MappingOptions.Default"/>.</summary>
    public static CleverTapTransformer Default { get; } = new();

    /// <summary>How this transformer maps.</summary>
    public MappingOptions Options { get; }

    /// <summary>Transforms one event.</summary>
    /// <param name="rudderEvent">The event.</param>
    /// <returns>Its records, or why there are none.</returns>
    public TransformResult Transform(RudderEvent rudderEvent) => Transform(rudderEvent, Options);

    /// <summary>
    /// Transforms one event into the calls with which a page hands it to CleverTap's web SDK (device mode). Names, traits and
    /// options are those of <see cref="Transform(RudderEvent)"/>; <see cref="MappingOptions.NativeSdk"/> does not filter, as
    /// it is the page that sends. <see cref="MappingOptions.Consent"/> goes by the JavaScript SDK's rule, and
    /// <see cref="MappingOptions.WebAllowEvents"/> and <see cref="MappingOptions.WebDenyEvents"/> apply. Screen and alias have no
    /// counterpart: <see cref="EventErrorCode.TypeNotSupported"/>.
    /// </summary>
    /// <param name="rudderEvent">The event. An identify call is a login.</param>
    /// <returns>Its calls, or why there are none.</returns>
    /// <remarks>
    /// What only an upload can say is left out: the time of the event (the SDK sends the time of the call), the objectId (the
    /// SDK has its own, so that an event needs no id at all) and push tokens.
    /// </remarks>
    public WebTransformResult TransformForWeb(RudderEvent rudderEvent) => TransformForWeb(rudderEvent, isSignedIn: false);

    /// <inheritdoc cref="TransformForWeb(RudderEvent)"/>
    /// <param name="rudderEvent">The event.</param>
    /// <param name="isSignedIn">
    /// Whether the page's SDK knows the user already, so that an identify call changes the profile (<c>profile.push</c>) and is
    /// no login (<c>onUserLogin.push</c>).
    /// </param>
    public WebTransformResult TransformForWeb(RudderEvent rudderEvent, bool isSignedIn) =>
        WebTransformResult.Of(Transform(rudderEvent, webOptions), isSignedIn);

    /// <inheritdoc cref="TransformForWeb(RudderEvent)"/>
    /// <param name="json">One RudderStack event, a JSON object. An identify call is a login.</param>
    public WebTransformResult TransformForWeb(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        MappingContext run = MappingContext.Rent();
        byte[] utf8Json = RudderEvent.ToUtf8(json);
        EventError? error = Transform(utf8Json, run, webOptions, out FilterReason? filtered);
        return WebTransformResult.Of(run.ToResult(Explain(error, utf8Json), filtered), isSignedIn: false);
    }

    private static TransformResult Transform(RudderEvent rudderEvent, MappingOptions options)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        ref readonly ParsedEvent index = ref rudderEvent.Parsed;
        if (index.CheckLimits(options.MaxEventBytes) is { } limit)
        {
            return TransformResult.Invalid(limit);
        }

        MappingContext run = MappingContext.Rent();
        FilterReason? filtered = null;
        EventError? error;
        try
        {
            error = Map(index, rudderEvent, run, options, out filtered);
        }
        catch (Exception exception) when (JsonTokenizer.IsOfChangedMemory(exception))
        {
            // An event that was read is JSON all through, unless somebody has used its memory for something else since.
            error = EventError.Changed with
            {
                MessageId = index.MessageId.ToText(),
            };
        }

        return run.ToResult(error, filtered);
    }

    /// <summary>Transforms one event given as JSON text.</summary>
    /// <param name="json">One RudderStack event, a JSON object.</param>
    /// <returns>Its records, or why there are none.</returns>
    public TransformResult Transform(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Transform(RudderEvent.ToUtf8(json));
    }

    /// <summary>Transforms one event given as JSON.</summary>
    /// <param name="json">One RudderStack event, a JSON object.</param>
    /// <returns>Its records, or why there are none.</returns>
    public TransformResult Transform(JsonElement json) => Transform(RudderEvent.ToUtf8(json));

    /// <summary>Transforms one event given as JSON in UTF-8.</summary>
    /// <param name="utf8Json">One RudderStack event, a JSON object.</param>
    /// <returns>Its records, or why there are none.</returns>
    public TransformResult Transform(ReadOnlyMemory<byte> utf8Json)
    {
        MappingContext run = MappingContext.Rent();
        EventError? error = Transform(utf8Json, run, out FilterReason? filtered);
        return run.ToResult(Explain(error, utf8Json), filtered);
    }

    /// <summary>
    /// Transforms one event from UTF-8 to UTF-8 with no record objects in between: writes its records, with commas between
    /// them, as they go into the <c>d</c> array of an upload body. Writes nothing for an event that is not mapped.
    /// </summary>
    /// <param name="utf8Json">One RudderStack event, a JSON object.</param>
    /// <param name="output">Where the records go.</param>
    /// <returns>How many records were written, or why there are none.</returns>
    public Utf8TransformResult Transform(ReadOnlyMemory<byte> utf8Json, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        MappingContext run = MappingContext.Rent();
        EventError? error = Transform(utf8Json, run, out FilterReason? filtered);
        int records = 0;
        if (error is null && filtered is null)
        {
            foreach (RecordWriter.Written record in run.Records.Records)
            {
                if (records++ > 0)
                {
                    output.Write(","u8);
                }

                output.Write(run.Records.Bytes.Slice(record.Start, record.Length));
            }
        }

        var result = new Utf8TransformResult(records, records > 0 ? run.Warnings : [], filtered, Explain(error, utf8Json));
        run.Return();
        return result;
    }

    /// <summary>Transforms one event into a run of the caller's. The records stand in it where there is neither an error nor a reason.</summary>
    internal EventError? Transform(ReadOnlyMemory<byte> utf8Json, MappingContext run, out FilterReason? filtered) =>
        Transform(utf8Json, run, Options, out filtered);

    private static EventError? Transform(ReadOnlyMemory<byte> utf8Json, MappingContext run, MappingOptions options, out FilterReason? filtered)
    {
        filtered = null;
        if (utf8Json.Length > options.MaxEventBytes)
        {
            return EventError.TooLarge(options.MaxEventBytes);
        }

        if (EventReader.Read(utf8Json, out ParsedEvent index) is { } error)
        {
            filtered = options.FilterReasonFor(error);
            return filtered is null ? error : null;
        }

        try
        {
            return Map(index, rudderEvent: null, run, options, out filtered);
        }
        catch (JsonException)
        {
            // A bag is checked while it is walked; one that is not JSON shows only now.
            return EventReader.NotJson(utf8Json) with { MessageId = index.MessageId.ToText() };
        }
    }

    /// <summary>
    /// Maps an event that was read. A mapper of the host gets the event itself: a copy if it is still memory of the caller.
    /// </summary>
    private static EventError? Map(
        in ParsedEvent index,
        RudderEvent? rudderEvent,
        MappingContext run,
        MappingOptions options,
        out FilterReason? filtered
    )
    {
        run.Start(options);
        filtered = EventFilter.ReasonFor(index, run);
        if (filtered is not null)
        {
            return null;
        }

        EventError? error;
        if (options.IsForWeb && !NativeSdk.IsOfWeb(index.Type))
        {
            error = WebCalls.NotSupported;
        }
        else if (options.Mappers.BuiltInFor(index.Type) is { } mapper)
        {
            error = mapper.Map(index, run);
        }
        else
        {
            TransformResult result = options.Mappers.Map(rudderEvent ?? RudderEvent.CreateCopy(index), options);
            filtered = result.FilterReason;
            error = result.Error;
            run.Use(result);
        }

        return error is null ? null : error with { MessageId = index.MessageId.ToText() };
    }

    /// <summary>
    /// Says what was given in place of an event. Like the warnings this is a look at the data beyond what the mapping needs. Without
    /// it, and for jobs of rudder-transformer's protocol, an error keeps the reference's own words.
    /// </summary>
    private EventError? Explain(EventError? error, ReadOnlyMemory<byte> utf8Json) =>
        error is null || !Options.CheckRules ? error : EventWrapper.Explain(error, utf8Json);
}
