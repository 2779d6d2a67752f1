namespace CleverTap.Rudder;

/// <summary>
/// How RudderStack events become CleverTap records. Immutable: start from <see cref="Default"/> or
/// <see cref="RudderTransformer"/> and change what you need with a <c>with</c> expression.
/// </summary>
public sealed record MappingOptions
{
    /// <summary>One mebibyte, in bytes: the default of <see cref="MaxEventBytes"/>.</summary>
    public const int DefaultMaxEventBytes = 1024 * 1024;

    private readonly int maxEventBytes = DefaultMaxEventBytes;

    /// <summary>The destination guide, made safe. Every property's default is its value here.</summary>
    public static MappingOptions Default { get; } = new();

    /// <summary>The same records as RudderStack's hosted transformer, so that dashboards stay as they were.</summary>
    public static MappingOptions RudderTransformer { get; } = new()
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
        Numbers = NumberSpelling.EcmaScript,
        CheckRules = false,
    };

    /// <summary>
    /// Whether track, page and screen calls without a user id are sent, under their anonymous id. Default true.
    /// Corresponds to "Enable tracking for anonymous users" of the destination's settings.
    /// </summary>
    public bool TrackAnonymous { get; init; } = true;

    /// <summary>
    /// Whether records go by objectId (the anonymous id, as CleverTap's device id) where there is an anonymous id, and
    /// identify calls upload the device's push token. Default false. Corresponds to "Use Clevertap ObjectId for Mapping".
    /// </summary>
    public bool EnableObjectIdMapping { get; init; }

    /// <summary>
    /// Whether web pages send their events through CleverTap's own SDK, so that identify, track and page calls of
    /// <c>channel: web</c> are filtered here; the SDK has no counterpart of the other calls, which are sent. Default false.
    /// Corresponds to "Use Native SDK to send Events" (guide, connection modes).
    /// <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/> makes the page's calls.
    /// </summary>
    public bool UseNativeSdk { get; init; }

    /// <summary>
    /// Whether an event's <c>integrations</c> can keep it from CleverTap: <c>{"CleverTap": false}</c>, or
    /// <c>{"All": false}</c> unless CleverTap is switched on by name. Default true; rudder-server does this before its transformer.
    /// </summary>
    public bool HonorIntegrations { get; init; } = true;

    /// <summary>
    /// Whether an event that names nobody, or an alias without both ids, is an error. Default true. Otherwise it is sent
    /// without an identity, or with a null one, as rudder-transformer does.
    /// </summary>
    public bool RequireIds { get; init; } = true;

    /// <summary>The names of custom traits. Default <see cref="TraitNaming.SnakeCase"/>.</summary>
    public TraitNaming TraitNaming { get; init; }

    /// <summary>Which of two custom traits of one name is sent. Default <see cref="TraitPrecedence.Traits"/>.</summary>
    public TraitPrecedence TraitPrecedence { get; init; }

    /// <summary>Whether a first or last name alone becomes the <c>Name</c>. Default true; rudder-transformer drops it.</summary>
    public bool NameFromOnePart { get; init; } = true;

    /// <summary>Whether page and screen names are HTML-escaped within the event name, as rudder-transformer does. Default false.</summary>
    public bool EscapeViewNames { get; init; }

    /// <summary>
    /// The names of page views that a page itself sends (<see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/>);
    /// it has no bearing on records. Default <see cref="WebPageNames.CloudMode"/>.
    /// </summary>
    public WebPageNames WebPageNames { get; init; }

    /// <summary>Where the time of a record comes from. Default <see cref="TimestampSource.EventTime"/>.</summary>
    public TimestampSource Timestamps { get; init; }

    /// <summary>Whether a birthday that is an ISO date becomes CleverTap's date form, <c>$D_&lt;seconds since 1970&gt;</c>. Default true.</summary>
    public bool ConvertBirthday { get; init; } = true;

    /// <summary>
    /// Whether <c>employed</c> and <c>married</c> given as true or false become Y or N, and <c>education</c> gets CleverTap's
    /// spelling of School, College and Graduate. Default true.
    /// </summary>
    public bool NormalizeProfileFields { get; init; } = true;

    /// <summary>Whether a gender other than male and female is sent as it is. Default true; rudder-transformer drops it.</summary>
    public bool SendUnknownGender { get; init; } = true;

    /// <summary>
    /// Whether traits such as <c>{"$add": ["gold"]}</c> and <c>{"$incr": 1}</c> stay CleverTap operators instead of becoming
    /// text. Default true.
    /// </summary>
    public bool KeepOperators { get; init; } = true;

    /// <summary>How an order becomes a <c>Charged</c> event. Default <see cref="ChargedMapping.Lenient"/>.</summary>
    public ChargedMapping Charged { get; init; }

    /// <summary>How numbers are written. Default <see cref="NumberSpelling.Exact"/>.</summary>
    public NumberSpelling Numbers { get; init; }

    /// <summary>
    /// Whether records are looked at by CleverTap's rules (limits, names, field formats) and give warnings. Default true.
    /// It never changes or stops a record.
    /// </summary>
    public bool CheckRules { get; init; } = true;

    /// <summary>
    /// The largest event that is taken, in bytes of UTF-8 JSON. Default 1 MiB. Of an event that is a <see cref="RudderEvent"/>
    /// already, the members that this library knows are counted.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MaxEventBytes
    {
        get => maxEventBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            maxEventBytes = value;
        }
    }
}
