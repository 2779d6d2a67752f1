using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// Holds the state of one mapping: the options, the opened bags, the fields of the record under construction and the records written
/// so far.
/// </summary>
/// <remarks>A context is reused for many events, by one thread at a time, so that an event costs few allocations.</remarks>
internal sealed class MappingContext
{
    [ThreadStatic]
    private static MappingContext? firstSpare;

    private readonly RecordValidator validator;
    private readonly Utf8Buffer input = new();
    private readonly List<CleverTapWarning> warnings = [];
    private MappingContext? nextSpare;

    public MappingContext() => validator = new RecordValidator(Warn);

    public MappingOptions Options { get; private set; } = MappingOptions.Default;

    /// <summary>Gets the names of traits.</summary>
    public TraitNames TraitNames { get; private set; } = TraitNames.Current;

    public TraitFields Traits { get; } = new();

    public TraitFields ContextTraits { get; } = new();

    /// <summary>Gets the fields of the profile under construction.</summary>
    public TraitFields Profile { get; } = new();

    public JsonFields Properties { get; } = new();

    /// <summary>Gets or sets the user id of the event while its traits are mapped; missing if the event has none.</summary>
    public JsonSlice UserId { get; set; }

    /// <summary>Gets the fields of the order under construction.</summary>
    public JsonFields Order { get; } = new();

    public RecordWriter Records { get; } = new();

    public ItemWriter Items { get; } = new();

    /// <summary>Gets the buffer of values that the mapping creates instead of copying them from the event.</summary>
    public ScratchBuffer Scratch { get; } = new();

    /// <summary>Returns a copy of the warnings, because the context is reused.</summary>
    public CleverTapWarning[] CopyWarnings() => [.. warnings];

    /// <summary>Returns a context of this thread that is not in use.</summary>
    /// <remarks>
    /// A thread keeps two contexts, because a mapper of the host or an output may transform another event while the first is in use.
    /// </remarks>
    public static MappingContext Rent()
    {
        if (firstSpare is not { } context)
        {
            return new MappingContext();
        }

        firstSpare = context.nextSpare;
        context.nextSpare = null;
        return context;
    }

    public void Return()
    {
        ForgetReplacedNames();
        if (firstSpare is not null)
        {
            firstSpare.nextSpare = null;
        }

        nextSpare = firstSpare;
        firstSpare = this;
    }

    /// <summary>Copies an event into a buffer of this context, which is valid until the next event.</summary>
    /// <remarks>The caller of the library may change its buffer at any time. The scanner needs bytes that do not change.</remarks>
    public ReadOnlyMemory<byte> CopyInput(ReadOnlySpan<byte> utf8Json)
    {
        input.Clear();
        input.Append(utf8Json);
        return input.WrittenMemory;
    }

    public void Start(MappingOptions options)
    {
        Options = options;
        warnings.Clear();
        Order.Clear();
        Profile.Clear();
        TraitNames = TraitNames.Current;
        Scratch.Clear();
        Records.Start(options.Numbers, options.CheckRules ? validator : null);
    }

    /// <summary>Appends the records and warnings that a mapper of the host returned.</summary>
    public void Append(TransformResult result)
    {
        warnings.Clear();
        warnings.AddRange(result.Warnings);
        foreach (CleverTapRecord record in result.Records)
        {
            Records.Append(record);
        }
    }

    /// <summary>Creates the result of the event with the records written so far, and returns this context to its thread.</summary>
    public TransformResult ReturnWithResult(EventError? error, FilterReason? filterReason)
    {
        TransformResult result = CreateResult(error, filterReason);
        Return();
        return result;
    }

    /// <summary>Releases a table of names that was replaced, because one huge event may have filled it.</summary>
    private void ForgetReplacedNames()
    {
        if (TraitNames == TraitNames.Current)
        {
            return;
        }

        TraitNames = TraitNames.Current;
        Traits.Forget();
        ContextTraits.Forget();
        Profile.Forget();
    }

    public void Warn(CleverTapWarning warning)
    {
        if (Options.CheckRules)
        {
            warnings.Add(warning);
        }
    }

    public void Warn(WarningCode code, string field, string message) => Warn(new CleverTapWarning(code, field, message));

    private TransformResult CreateResult(EventError? error, FilterReason? filterReason)
    {
        if (error is not null)
        {
            return TransformResult.Invalid(error);
        }

        return filterReason is { } reason
            ? TransformResult.Filtered(reason)
            : TransformResult.FromOwned(Records.ToRecords(), CopyWarnings());
    }
}
