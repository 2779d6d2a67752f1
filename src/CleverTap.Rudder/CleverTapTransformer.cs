using System.Buffers;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>
/// Turns RudderStack events into CleverTap records. Bad events are results, never exceptions. Immutable and safe to
/// share between threads; it needs neither a clock nor the network.
/// </summary>
public sealed class CleverTapTransformer
{
    private static readonly IdentifyMapper Identify = new();
    private static readonly TrackMapper Track = new();
    private static readonly PageMapper Page = new();
    private static readonly ScreenMapper Screen = new();
    private static readonly AliasMapper Alias = new();

    /// <summary>A transformer with the given options.</summary>
    /// <param name="options">How to map; <see cref="MappingOptions.Default"/> where left out.</param>
    public CleverTapTransformer(MappingOptions? options = null) => Options = options ?? MappingOptions.Default;

    /// <summary>The transformer that follows the guide, made safe: <see cref="MappingOptions.Default"/>.</summary>
    public static CleverTapTransformer Default { get; } = new();

    /// <summary>How this transformer maps.</summary>
    public MappingOptions Options { get; }

    /// <summary>Transforms one event.</summary>
    /// <param name="rudderEvent">The event.</param>
    /// <returns>Its records, or why there are none.</returns>
    public TransformResult Transform(RudderEvent rudderEvent) => Transform(rudderEvent, forWeb: false);

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
        WebTransformResult.Of(Transform(rudderEvent, forWeb: true), isSignedIn);

    /// <inheritdoc cref="TransformForWeb(RudderEvent)"/>
    /// <param name="json">One RudderStack event, a JSON object. An identify call is a login.</param>
    public WebTransformResult TransformForWeb(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        MappingRun run = MappingRun.Rent();
        byte[] utf8Json = RudderEvent.ToUtf8(json);
        EventError? error = Transform(utf8Json, run, out FilterReason? filtered, forWeb: true);
        return WebTransformResult.Of(ResultOf(run, Explain(error, utf8Json), filtered), isSignedIn: false);
    }

    private TransformResult Transform(RudderEvent rudderEvent, bool forWeb)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        ref readonly EventIndex index = ref rudderEvent.Index;
        if (index.Bytes > Options.MaxEventBytes) return TransformResult.Invalid(TooLarge(index.MessageId));
        if (index.IsTooDeep) return TransformResult.Invalid(EventError.TooDeep("") with { MessageId = index.MessageId.ToText() });
        MappingRun run = MappingRun.Rent();
        FilterReason? filtered = null;
        EventError? error;
        try
        {
            error = Map(index, run, out filtered, forWeb);
        }
        catch (Exception exception) when (JsonScanner.IsOfChangedMemory(exception))
        {
            // An event that was read is JSON all through, unless somebody has used its memory for something else since.
            error = EventError.Changed with { MessageId = index.MessageId.ToText() };
        }

        return ResultOf(run, error, filtered);
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
        MappingRun run = MappingRun.Rent();
        EventError? error = Transform(utf8Json, run, out FilterReason? filtered);
        return ResultOf(run, Explain(error, utf8Json), filtered);
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
        MappingRun run = MappingRun.Rent();
        EventError? error = Transform(utf8Json, run, out FilterReason? filtered);
        int records = 0;
        if (error is null && filtered is null)
        {
            foreach (RecordWriter.Written record in run.Records.Records)
            {
                if (records++ > 0) output.Write(","u8);
                output.Write(run.Records.Bytes.Slice(record.Start, record.Length));
            }
        }

        var result = new Utf8TransformResult(records, records > 0 ? run.Warnings : [], filtered, Explain(error, utf8Json));
        run.Return();
        return result;
    }

    /// <summary>Transforms one event into a run of the caller's. The records stand in it where there is neither an error nor a reason.</summary>
    internal EventError? Transform(ReadOnlyMemory<byte> utf8Json, MappingRun run, out FilterReason? filtered, bool forWeb = false)
    {
        filtered = null;
        if (utf8Json.Length > Options.MaxEventBytes) return TooLarge(default);
        if (EventReader.Read(utf8Json, out EventIndex index) is { } error)
        {
            filtered = Options.FilterReasonFor(error);
            return filtered is null ? error : null;
        }

        try
        {
            return Map(index, run, out filtered, forWeb);
        }
        catch (JsonException)
        {
            // A bag is checked while it is walked; one that is not JSON shows only now.
            return EventReader.NotJson(utf8Json) with { MessageId = index.MessageId.ToText() };
        }
    }

    private static TransformResult ResultOf(MappingRun run, EventError? error, FilterReason? filtered)
    {
        TransformResult result = error is not null ? TransformResult.Invalid(error)
            : filtered is { } reason ? TransformResult.Filtered(reason)
            : TransformResult.Mapped(RecordsOf(run), run.Warnings);
        run.Return();
        return result;
    }

    private static CleverTapRecord[] RecordsOf(MappingRun run)
    {
        ReadOnlyMemory<byte> bytes = run.Records.Bytes.ToArray();
        var records = new CleverTapRecord[run.Records.Records.Length];
        for (int i = 0; i < records.Length; i++)
        {
            RecordWriter.Written record = run.Records.Records[i];
            records[i] = CleverTapRecord.Create(record.Kind, bytes.Slice(record.Start, record.Length));
        }

        return records;
    }

    private EventError? Map(in EventIndex index, MappingRun run, out FilterReason? filtered, bool forWeb)
    {
        run.Start(Options, forWeb);
        filtered = EventFilter.ReasonFor(index, Options, forWeb);
        if (filtered is not null) return null;
        if (forWeb && !NativeSdk.IsOfWeb(index.Call))
        {
            return WebCalls.NotSupported with { MessageId = index.MessageId.ToText() };
        }

        ICallMapper mapper = index.Call switch
        {
            EventCall.Identify => Identify,
            EventCall.Track => Track,
            EventCall.Page => Page,
            EventCall.Screen => Screen,
            _ => Alias,
        };
        return mapper.Map(index, run) is { } error ? error with { MessageId = index.MessageId.ToText() } : null;
    }

    /// <summary>
    /// Says what was given in place of an event. Like the warnings this is a look at the data beyond what the mapping needs. Without
    /// it, and for jobs of rudder-transformer's protocol, an error keeps the reference's own words.
    /// </summary>
    private EventError? Explain(EventError? error, ReadOnlyMemory<byte> utf8Json) =>
        error is null || !Options.CheckRules ? error : EventWrapper.Explain(error, utf8Json);

    private EventError TooLarge(JsonValue messageId) => new(
        EventErrorCode.TooLarge,
        "",
        $"The event is larger than {Options.MaxEventBytes} bytes; send less in one event, or raise MaxEventBytes",
        $"at most {Options.MaxEventBytes} bytes")
    {
        MessageId = messageId.ToText(),
    };
}
