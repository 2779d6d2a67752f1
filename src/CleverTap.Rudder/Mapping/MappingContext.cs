using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// One transformation under way: the options, the opened bags, the fields of the record under construction, and the
/// records written so far. Used again and again, by one thread at a time.
/// </summary>
internal sealed class MappingContext
{
    [ThreadStatic]
    private static MappingContext? spare;

    private readonly RecordValidator rules;
    private List<CleverTapWarning>? warnings;
    private MappingContext? next;

    public MappingContext() => rules = new RecordValidator(Warn);

    public MappingOptions Options { get; private set; } = MappingOptions.Default;

    public JsonFields Traits { get; } = new();

    public JsonFields ContextTraits { get; } = new();

    public JsonFields Properties { get; } = new();

    /// <summary>The event's own user id while its traits are mapped; missing if it has none.</summary>
    public JsonSlice UserId { get; set; }

    /// <summary>The fields of the record under construction.</summary>
    public JsonFields Target { get; } = new();

    public RecordWriter Records { get; } = new();

    public ItemWriter Items { get; } = new();

    /// <summary>Values that are made and not copied.</summary>
    public ScratchBuffer Made { get; } = new();

    public IReadOnlyList<CleverTapWarning> Warnings => warnings is null ? [] : warnings;

    /// <summary>
    /// A run of this thread that is not in use. While one is in use, a mapper of the host or an output may transform in turn, so two are
    /// kept.
    /// </summary>
    public static MappingContext Rent()
    {
        if (spare is not { } run)
        {
            return new MappingContext();
        }

        spare = run.next;
        run.next = null;
        return run;
    }

    public void Return()
    {
        if (spare is not null)
        {
            spare.next = null;
        }

        next = spare;
        spare = this;
    }

    public void Start(MappingOptions options)
    {
        Options = options;
        warnings = null;
        Target.Clear();
        Made.Clear();
        Records.Start(options.Numbers, options.CheckRules ? rules : null);
    }

    /// <summary>Takes over what a mapper of the host returned.</summary>
    public void Use(TransformResult result)
    {
        warnings = result.Warnings.Count == 0 ? null : [.. result.Warnings];
        foreach (CleverTapRecord record in result.Records)
        {
            Records.Append(record);
        }
    }

    /// <summary>The result of the event with the records written so far, and the end of this run.</summary>
    public TransformResult ToResult(EventError? error, FilterReason? filtered)
    {
        TransformResult result =
            error is not null ? TransformResult.Invalid(error)
            : filtered is { } reason ? TransformResult.Filtered(reason)
            : TransformResult.OfOwned(Records.ToRecords(), Warnings);
        Return();
        return result;
    }

    public void Warn(CleverTapWarning warning)
    {
        if (Options.CheckRules)
        {
            (warnings ??= []).Add(warning);
        }
    }

    public void Warn(WarningCode code, string field, string message) => Warn(new CleverTapWarning(code, field, message));
}
