using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <summary>
/// How RudderStack events become CleverTap records. Immutable: start from <see cref="Default"/> or
/// <see cref="RudderTransformer"/> and change what you need with a <c>with</c> expression.
/// </summary>
public sealed partial record MappingOptions
{
    /// <summary>One mebibyte, in bytes: the default of <see cref="MaxEventBytes"/>.</summary>
    public const int DefaultMaxEventBytes = 1024 * 1024;

    private readonly int maxEventBytes = DefaultMaxEventBytes;
    private readonly string? phoneCountryCode;
    private readonly NameList dateFields = NameList.Empty;
    private readonly ConsentRules consent = ConsentRules.None;
    private readonly EventNames? webAllowEvents;
    private readonly EventNames webDenyEvents = EventNames.None;

    /// <summary>The destination guide, made safe. Every property's default is its value here.</summary>
    public static MappingOptions Default { get; } = new();

    /// <summary>The same records as RudderStack's hosted transformer, so that dashboards stay as they were.</summary>
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
    /// The platforms whose apps or pages send their events through CleverTap's own SDK (device mode), so that the same events are
    /// filtered here with <see cref="FilterReason.NativeSdk"/>. Default <see cref="NativeSdkPlatforms.None"/>. Corresponds to
    /// <c>useNativeSDK</c> of the destination's settings (guide, connection modes).
    /// </summary>
    /// <remarks>
    /// A page's SDK sends identify, track and page calls; a mobile SDK sends identify, track and screen calls. Other calls, and events
    /// whose platform is not known, are always sent from here: an event that is filtered by mistake is lost.
    /// <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/> makes the page's calls and is not concerned.
    /// </remarks>
    public NativeSdkPlatforms NativeSdk { get; init; }

    /// <summary>
    /// The consents that CleverTap needs, one entry a consent provider. An event whose <c>context.consentManagement</c> denies them
    /// is filtered with <see cref="FilterReason.Consent"/>. Default empty: consent is not looked at.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The rule is rudder-server's, which a host behind rudder-server has had applied already. Of an event with
    /// <c>deniedConsentIds</c>, the entries for its <c>provider</c> apply: with <see cref="ConsentStrategy.And"/> one denied consent
    /// filters the event, with <see cref="ConsentStrategy.Or"/> all must be denied. An event without denied consents, or of another
    /// provider, is not filtered.
    /// </para>
    /// <para>
    /// <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/> applies the JavaScript SDK's rule: every consent
    /// (<see cref="ConsentStrategy.Or"/>: at least one) must be among <c>allowedConsentIds</c>. An event without
    /// <c>allowedConsentIds</c> is judged by its denied consents, as above.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The list or an entry is null.</exception>
    public IReadOnlyList<ConsentRequirement> Consent
    {
        get => consent.Requirements;
        init => consent = new ConsentRules(value);
    }

    /// <summary>
    /// The only track events, by name, that <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/> maps; an empty list
    /// allows none. Others are filtered with <see cref="FilterReason.EventList"/>. Default null: every event. Names are compared
    /// exactly, without white space around them. Other calls are not concerned.
    /// </summary>
    public IReadOnlyList<string>? WebAllowEvents
    {
        get => webAllowEvents?.Names;
        init => webAllowEvents = value is null ? null : new EventNames(value);
    }

    /// <summary>
    /// Track events, by name, that <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/> filters with
    /// <see cref="FilterReason.EventList"/>. Default empty. Names are compared as those of <see cref="WebAllowEvents"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<string> WebDenyEvents
    {
        get => webDenyEvents.Names;
        init => webDenyEvents = new EventNames(value);
    }

    /// <summary>
    /// Whether RudderStack's calls that have no counterpart in CleverTap (<c>group</c>, <c>record</c>, <c>audiencelist</c> and
    /// <c>merge</c>) are filtered with <see cref="FilterReason.TypeNotSupported"/>. Default true. Otherwise they are
    /// <see cref="EventErrorCode.TypeNotSupported"/>, as is any other type, such as a misspelt one.
    /// </summary>
    public bool FilterUnsupportedCalls { get; init; } = true;

    /// <summary>
    /// Whether an event's <c>integrations</c> can keep it from CleverTap: <c>{"CleverTap": false}</c>, or
    /// <c>{"All": false}</c> unless CleverTap is switched on by name. Default true; rudder-server does this before its transformer.
    /// As there, <c>integrations</c> that is no object and <c>All</c> that is no boolean keep the event from every destination.
    /// </summary>
    public bool HonorIntegrations { get; init; } = true;

    /// <summary>
    /// Whether an event that names nobody, or an alias without both ids, is an error. Default true. Otherwise it is sent
    /// without an identity, or with a null one, as rudder-transformer does.
    /// </summary>
    public bool RequireIds { get; init; } = true;

    /// <summary>
    /// Whether a custom trait that CleverTap would read as an identity (<c>Identity</c>, <c>objectID</c>, <c>FBID</c>, <c>GPID</c> in
    /// any spelling) is omitted, with the warning <see cref="WarningCode.IdentityFieldOmitted"/>, unless it equals the event's own
    /// user id. Default true. CleverTap merges the profiles of all users that share an identity.
    /// </summary>
    public bool GuardIdentityFields { get; init; } = true;

    /// <summary>
    /// Whether an identify call with a user id and an anonymous id also sends the record that links the anonymous profile to the
    /// user, as an alias call does. Default false. Delivery sends it once for each pair of ids.
    /// </summary>
    public bool LinkAnonymousProfiles { get; init; }

    /// <summary>The names of custom traits. Default <see cref="TraitNaming.SnakeCase"/>.</summary>
    public TraitNaming TraitNaming { get; init; }

    /// <summary>Which of two custom traits of one name is sent. Default <see cref="TraitPrecedence.Traits"/>.</summary>
    public TraitPrecedence TraitPrecedence { get; init; }

    /// <summary>Whether a first or last name alone becomes the <c>Name</c>. Default true; rudder-transformer drops it.</summary>
    public bool NameFromOnePart { get; init; } = true;

    /// <summary>Whether page and screen names are HTML-escaped within the event name, as rudder-transformer does. Default false.</summary>
    public bool EscapeViewNames { get; init; }

    /// <summary>
    /// Where the name of a page or screen call without a name comes from. Default <see cref="ViewNameFallback.Title"/>. CleverTap
    /// rejects the bare <c>Web Page Viewed</c> (513).
    /// </summary>
    public ViewNameFallback ViewNameFallback { get; init; }

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
    /// Whether .NET dates (<see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="DateOnly"/>) of events that were built in
    /// code become CleverTap's date form, <c>$D_&lt;seconds since 1970&gt;</c>, in traits, properties and items. Default true. Otherwise
    /// they are ISO 8601 text.
    /// </summary>
    public bool ConvertDates { get; init; } = true;

    /// <summary>
    /// The names of traits and properties whose ISO 8601 text becomes CleverTap's date form, <c>$D_&lt;seconds since 1970&gt;</c>; also
    /// within items. A trait is found by its name in the event or in CleverTap. Default empty: texts stay texts.
    /// </summary>
    public IReadOnlyCollection<string> DateFields
    {
        get => dateFields.Names;
        init => dateFields = new NameList(value);
    }

    /// <summary>
    /// Whether <c>employed</c> and <c>married</c> given as true or false become Y or N, <c>education</c> gets CleverTap's spelling of
    /// School, College and Graduate, <c>MSG-*</c> given as yes, no, 1, 0 or their texts become booleans, and phone numbers lose
    /// spaces, dots, dashes and brackets, and a leading 00. Default true.
    /// </summary>
    public bool NormalizeProfileFields { get; init; } = true;

    /// <summary>
    /// The country calling code, such as <c>+49</c>, that phone numbers without one get; a leading 0 of the number is dropped, except
    /// in Italy (39), and a leading 1 in North America (1). Default null: such numbers are sent as they are, with a warning. Works with
    /// <see cref="NormalizeProfileFields"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The value is not one to three digits, with or without a plus.</exception>
    public string? PhoneCountryCode
    {
        get => phoneCountryCode;
        init => phoneCountryCode = Phone.CheckCountryCode(value);
    }

    /// <summary>Whether a gender other than male and female is sent as it is. Default true; rudder-transformer drops it.</summary>
    public bool SendUnknownGender { get; init; } = true;

    /// <summary>
    /// Whether traits such as <c>{"$add": ["gold"]}</c> and <c>{"$incr": 1}</c> stay CleverTap operators instead of becoming
    /// text. Default true.
    /// </summary>
    public bool KeepOperators { get; init; } = true;

    /// <summary>
    /// What happens to objects and arrays in traits, properties and items. Default <see cref="NestedValues.Text"/>. Operators,
    /// <c>category-*</c> and the items of an order are not concerned.
    /// </summary>
    public NestedValues NestedValues { get; init; }

    /// <summary>
    /// Whether a trait that is an array of texts, numbers and booleans becomes a multi-value attribute that replaces the earlier
    /// one, <c>{"$set": ["a", "b"]}</c>. Default false: it becomes JSON text.
    /// </summary>
    public bool MultiValueArrays { get; init; }

    /// <summary>Whether properties that are null are left out of events and items. Default true.</summary>
    public bool OmitNullProperties { get; init; } = true;

    /// <summary>How an order becomes a <c>Charged</c> event. Default <see cref="ChargedMapping.Lenient"/>.</summary>
    public ChargedMapping Charged { get; init; }

    internal NameList DateFieldNames => dateFields;

    internal ConsentRules ConsentRules => consent;

    /// <summary>How numbers are written. Default <see cref="NumberFormat.Exact"/>.</summary>
    public NumberFormat Numbers { get; init; }

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

    /// <summary>Why an event that cannot be read is not meant for CleverTap; null if it is an error under these options.</summary>
    /// <param name="error">What <see cref="RudderEvent.TryRead(string, out RudderEvent?, out EventError?)"/> says of the event.</param>
    /// <remarks>
    /// A <c>group</c> is no <see cref="RudderEvent"/>, so that reading one fails. A host that reads events itself asks here whether to
    /// ignore it; <see cref="CleverTapTransformer.Transform(string)"/> does so on its own.
    /// </remarks>
    public FilterReason? FilterReasonFor(EventError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.IsUnsupportedCall && FilterUnsupportedCalls ? FilterReason.TypeNotSupported : null;
    }

    /// <summary>Whether a page does not send a track event of this name.</summary>
    internal bool IsExcludedFromWeb(string name) => webDenyEvents.Contains(name) || webAllowEvents?.Contains(name) == false;
}
