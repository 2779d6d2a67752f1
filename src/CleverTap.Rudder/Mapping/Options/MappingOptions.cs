namespace CleverTap.Rudder;

/// <summary>Specifies how RudderStack events become CleverTap records.</summary>
/// <remarks>
/// Options are immutable: start from <see cref="Default"/> or <see cref="RudderTransformer"/> and change options with a <c>with</c>
/// expression. Two instances are equal if all options are equal.
/// </remarks>
/// <example>
/// <code>
/// var options = MappingOptions.Default with
/// {
///     AllowEvents = ["Order Completed", "Web Page Viewed: Home"],
///     RenameTraits = new Dictionary&lt;string, string&gt; { ["tier"] = "Plan" },
///     DropProperties = ["ip", "debug"],
/// };
/// </code>
/// </example>
public sealed partial record MappingOptions
{
    /// <summary>The default of <see cref="MaxEventBytes"/>: 1,048,576 bytes (1 MiB).</summary>
    public const int DefaultMaxEventBytes = 1024 * 1024;

    private readonly int maxEventBytes = DefaultMaxEventBytes;

    /// <summary>Gets the preset that follows RudderStack's guide and avoids losses. It contains the default of every option.</summary>
    public static MappingOptions Default { get; } = new();

    /// <summary>Gets the preset that gives the same records as RudderStack's hosted transformer.</summary>
    public static MappingOptions RudderTransformer { get; } =
        new()
        {
            TrackAnonymous = false,
            HonorIntegrations = false,
            RequireIds = false,
            TraitNaming = TraitNaming.AsIs,
            TraitPrecedence = TraitPrecedence.ContextTraits,
            NameFromOnePart = false,
            EscapeViewNames = true,
            Timestamps = TimestampSource.ExplicitOnly,
            ConvertBirthday = false,
            NormalizeProfileFields = false,
            SendUnknownGender = false,
            KeepOperators = false,
            Charged = ChargedMapping.Strict,
            FilterUnsupportedCalls = false,
            GuardIdentityFields = false,
            ViewNameFallback = ViewNameFallback.None,
            OmitNullProperties = false,
            ConvertDates = false,
            Numbers = NumberFormat.EcmaScript,
            CheckRules = false,
        };

    /// <summary>Gets the source of the time of a record.</summary>
    /// <value>
    /// <see cref="TimestampSource.EventTime"/> in <see cref="Default"/>, <see cref="TimestampSource.ExplicitOnly"/> in
    /// <see cref="RudderTransformer"/>.
    /// </value>
    public TimestampSource Timestamps { get; init; }

    /// <summary>Gets how an order becomes a <c>Charged</c> event.</summary>
    /// <value>
    /// <see cref="ChargedMapping.Lenient"/> in <see cref="Default"/>, <see cref="ChargedMapping.Strict"/> in
    /// <see cref="RudderTransformer"/>.
    /// </value>
    public ChargedMapping Charged { get; init; }

    /// <summary>Gets whether page and screen names are HTML-escaped within the event name.</summary>
    /// <value>False in <see cref="Default"/>, true in <see cref="RudderTransformer"/>.</value>
    public bool EscapeViewNames { get; init; }

    /// <summary>Gets the source of the name of a page or screen call without a name.</summary>
    /// <value>
    /// <see cref="ViewNameFallback.Title"/> in <see cref="Default"/>, <see cref="ViewNameFallback.None"/> in
    /// <see cref="RudderTransformer"/>.
    /// </value>
    /// <remarks>CleverTap rejects the bare name <c>Web Page Viewed</c> (513).</remarks>
    public ViewNameFallback ViewNameFallback { get; init; }

    /// <summary>Gets the names of page views that a page itself sends.</summary>
    /// <value><see cref="WebPageNames.CloudMode"/> in both presets.</value>
    /// <remarks>
    /// The option applies to <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/> and has no effect on records.
    /// </remarks>
    public WebPageNames WebPageNames { get; init; }

    /// <summary>Gets the format of numbers in records.</summary>
    /// <value>
    /// <see cref="NumberFormat.Exact"/> in <see cref="Default"/>, <see cref="NumberFormat.EcmaScript"/> in
    /// <see cref="RudderTransformer"/>.
    /// </value>
    public NumberFormat Numbers { get; init; }

    /// <summary>Gets whether records are checked against CleverTap's rules (limits, names, field formats) and give warnings.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    /// <remarks>A check never changes or stops a record.</remarks>
    public bool CheckRules { get; init; } = true;

    /// <summary>Gets the maximum size of an event, in bytes of JSON in UTF-8.</summary>
    /// <value><see cref="DefaultMaxEventBytes"/> (1 MiB) in both presets. At least 1.</value>
    /// <remarks>For an event that is a <see cref="RudderEvent"/>, only the members that this library knows are counted.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public int MaxEventBytes
    {
        get => maxEventBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            maxEventBytes = value;
        }
    }

    /// <summary>Returns the reason why an event that cannot be read is filtered, or null if it is an error with these options.</summary>
    /// <param name="error">The error of <see cref="RudderEvent.TryRead(string, out RudderEvent?, out EventError?)"/>.</param>
    /// <remarks>
    /// A <c>group</c> call is not a <see cref="RudderEvent"/>, so that reading it fails. A host that reads events itself calls this
    /// method to find out whether to ignore the event. <see cref="CleverTapTransformer.Transform(string)"/> does so itself.
    /// </remarks>
    public FilterReason? FilterReasonFor(EventError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.IsUnsupportedCall && FilterUnsupportedCalls ? FilterReason.TypeNotSupported : null;
    }
}
