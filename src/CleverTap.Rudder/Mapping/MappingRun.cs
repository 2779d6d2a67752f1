namespace CleverTap.Rudder;

/// <summary>
/// One transformation under way: the options, the opened bags, the fields of the record under construction, and the
/// records written so far. Used again and again, by one thread at a time.
/// </summary>
internal sealed class MappingRun
{
    [ThreadStatic]
    private static MappingRun? spare;

    private readonly RecordRules rules;
    private List<CleverTapWarning>? warnings;

    public MappingRun() => rules = new RecordRules(Warn);

    public MappingOptions Options { get; private set; } = MappingOptions.Default;

    /// <summary>Whether the event is sent by a page, through CleverTap's web SDK, and not uploaded.</summary>
    public bool ForWeb { get; private set; }

    public JsonFields Traits { get; } = new();

    public JsonFields ContextTraits { get; } = new();

    public JsonFields Properties { get; } = new();

    /// <summary>The event's own user id while its traits are mapped; missing if it has none.</summary>
    public JsonValue UserId { get; set; }

    /// <summary>The fields of the record under construction.</summary>
    public JsonFields Target { get; } = new();

    public RecordWriter Records { get; } = new();

    public ItemWriter Items { get; } = new();

    /// <summary>Values that are made and not copied.</summary>
    public MadeValues Made { get; } = new();

    public IReadOnlyList<CleverTapWarning> Warnings => warnings is null ? [] : warnings;

    /// <summary>The run of this thread, out of its slot while it is used: an output that transforms in turn gets another.</summary>
    public static MappingRun Rent()
    {
        MappingRun run = spare ?? new MappingRun();
        spare = null;
        return run;
    }

    public void Return() => spare = this;

    public void Start(MappingOptions options, bool forWeb)
    {
        Options = options;
        ForWeb = forWeb;
        warnings = null;
        Target.Clear();
        Made.Clear();
        Records.Start(options.Numbers, options.CheckRules ? rules : null);
    }

    public void Warn(CleverTapWarning warning)
    {
        if (Options.CheckRules) (warnings ??= []).Add(warning);
    }

    public void Warn(WarningCode code, string field, string message) => Warn(new CleverTapWarning(code, field, message));
}
