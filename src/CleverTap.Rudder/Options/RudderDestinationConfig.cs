using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder;

/// <summary>A CleverTap destination as RudderStack configures it: the <c>Config</c> object of its control plane.</summary>
/// <remarks>
/// <para>Switches are on for any value that JavaScript takes for true, as in rudder-transformer.</para>
/// <para>
/// A text <c>env.NAME</c> stands for the value of the environment variable NAME. Read only a <c>Config</c> that you trust: it chooses
/// the variables. What is wrong with a <c>Config</c> is in <see cref="Errors"/>.
/// </para>
/// </remarks>
public sealed record RudderDestinationConfig
{
    /// <summary>Far more than CleverTap gives out: both stand in the head of every request that a job becomes.</summary>
    private const int LongestCredential = 1024;
    private readonly ConsentRules? consent;
    private readonly EventNames? webAllowEvents;
    private readonly EventNames? webDenyEvents;

    /// <summary>Account ID.</summary>
    public string? AccountId { get; init; }

    /// <summary>Passcode.</summary>
    public string? Passcode { get; init; }

    /// <summary>Region: <c>none</c>, <c>in1</c>, <c>sg1</c>, <c>us1</c>, <c>sk1</c>, <c>aps3</c> or <c>mec1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Enable tracking for anonymous users; null where not set.</summary>
    public bool? TrackAnonymous { get; init; }

    /// <summary>Use Clevertap ObjectId for Mapping; null where not set.</summary>
    public bool? EnableObjectIdMapping { get; init; }

    /// <summary>
    /// The platforms in device mode, by <c>useNativeSDK</c> or <c>connectionMode</c>: one value for all platforms, or an object with
    /// <c>web</c>, <c>android</c>, <c>ios</c> and <c>reactnative</c>. Null if neither is set.
    /// </summary>
    public NativeSdkPlatforms? NativeSdk { get; init; }

    /// <summary>
    /// The consents that CleverTap needs, by <c>consentManagement</c>, <c>oneTrustCookieCategories</c> and <c>ketchConsentPurposes</c>.
    /// Null if none is needed.
    /// </summary>
    public IReadOnlyList<ConsentRequirement>? Consent
    {
        get => consent?.Requirements;
        init => consent = value is null ? null : new ConsentRules(value);
    }

    /// <summary>The names of <c>whitelistedEvents</c>, if <c>eventFilteringOption</c> chooses them; otherwise null.</summary>
    public IReadOnlyList<string>? WebAllowEvents
    {
        get => webAllowEvents?.Names;
        init => webAllowEvents = value is null ? null : new EventNames(value);
    }

    /// <summary>
    /// The names of <c>blacklistedEvents</c>, if <c>eventFilteringOption</c> chooses them; empty if it is <c>disable</c>; otherwise null.
    /// </summary>
    public IReadOnlyList<string>? WebDenyEvents
    {
        get => webDenyEvents?.Names;
        init => webDenyEvents = value is null ? null : new EventNames(value);
    }

    /// <summary>
    /// What is wrong with the <c>Config</c>: environment variables that are not set, and templates without an event. The settings
    /// concerned count as not set. Each text names the setting and the remedy, never a value. Default empty.
    /// </summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Reads a <c>Config</c> object. Members that are missing or of another kind count as not set.</summary>
    /// <param name="config">The object. Texts <c>env.NAME</c> are replaced by environment variables.</param>
    /// <param name="sourceType">
    /// The type of the source whose events are transformed, as RudderStack names it: <c>web</c>, <c>android</c>, <c>ios</c>,
    /// <c>reactnative</c>, <c>cloud</c>, <c>warehouse</c> and so on, in any case. Settings with a value for each source type then
    /// count for this type alone. Null, the default: they count by what the event itself says of its platform
    /// (<see cref="SourcePlatform"/>, <see cref="NativeSdkPlatforms"/>).
    /// </param>
    /// <remarks>
    /// Without a source type, the consents of a platform are those of <c>web</c>, else <c>amp</c>, else <c>shopify</c>; of
    /// <c>android</c> or <c>ios</c>, else <c>androidKotlin</c> or <c>iosSwift</c>, else <c>reactnative</c>, <c>flutter</c>,
    /// <c>unity</c> or <c>cordova</c>; of <c>cloud</c>; of <c>warehouse</c>. A template <c>{{ path || default }}</c> is one of the
    /// <see cref="Errors"/>: see <see cref="ParseDestination"/>.
    /// </remarks>
    public static RudderDestinationConfig Parse(JsonElement config, string? sourceType = null)
    {
        List<string> errors = [];
        JsonSlice json = ConfigValues.Resolve(new JsonSlice(RudderEvent.ToUtf8(config)), errors, withTemplates: false);
        return new DestinationConfigReader(json, sourceType).Read().With(errors);
    }

    /// <summary>Reads the <c>Config</c> of a destination that comes with an event, and fills in its templates from the event.</summary>
    /// <param name="destination">
    /// The destination, <c>{"Config": {…}}</c>. A text <c>{{ path || default }}</c> in its Config stands for the event's value at that
    /// path, such as <c>{{ event.properties.account || "acc" }}</c>, unless <c>hasDynamicConfig</c> is false.
    /// </param>
    /// <param name="utf8Event">
    /// The event as JSON in UTF-8. Values that templates stand for are removed from it, as in rudder-transformer.
    /// </param>
    /// <param name="sourceType">As for <see cref="Parse(JsonElement, string?)"/>.</param>
    public static RudderDestinationConfig ParseDestination(
        JsonElement destination,
        ref ReadOnlyMemory<byte> utf8Event,
        string? sourceType = null
    )
    {
        List<string> errors = [];
        var json = new JsonSlice(RudderEvent.ToUtf8(destination));
        bool hasTemplates = DynamicConfig.HasTemplates(json);
        json = ConfigValues.ResolveIn(json, errors, hasTemplates);
        if (hasTemplates)
        {
            json = FillFrom(ref utf8Event, json, errors);
        }

        return new DestinationConfigReader(json.Member("Config"u8), sourceType).Read().With(errors);
    }

    /// <summary>
    /// Reads the Config of a request: as it stands, because whoever sends it must not read this machine's environment, and templates
    /// are filled in already.
    /// </summary>
    internal static RudderDestinationConfig Parse(JsonSlice config) => new DestinationConfigReader(config, sourceType: null).Read();

    /// <summary>
    /// The mapping options with this configuration's switches; what is not set stays. <see cref="NativeSdk"/> and
    /// <see cref="Consent"/> are left alone where <see cref="MappingOptions.HonorIntegrations"/> is off: there rudder-server has
    /// filtered already.
    /// </summary>
    /// <param name="options">The options to start from.</param>
    public MappingOptions ApplyTo(MappingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool hasEventLists = webAllowEvents is not null || webDenyEvents is not null;
        return options with
        {
            TrackAnonymous = TrackAnonymous ?? options.TrackAnonymous,
            EnableObjectIdMapping = EnableObjectIdMapping ?? options.EnableObjectIdMapping,
            NativeSdk = options.HonorIntegrations ? NativeSdk ?? options.NativeSdk : options.NativeSdk,
            Consent = options.HonorIntegrations ? Consent ?? options.Consent : options.Consent,
            WebAllowEvents = hasEventLists ? WebAllowEvents : options.WebAllowEvents,
            WebDenyEvents = hasEventLists ? WebDenyEvents ?? [] : options.WebDenyEvents,
        };
    }

    /// <summary>Sets the account, region and switches of a destination's options.</summary>
    /// <param name="options">
    /// The options to change. With <see cref="Errors"/> they are not valid: the host does not start, and the exception holds the errors.
    /// </param>
    public void ApplyTo(CleverTapOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AccountId = AccountId ?? "";
        options.Passcode = Passcode ?? "";
        options.Region = Region ?? "";
        options.Mapping = ApplyTo(options.Mapping);
        options.ConfigurationErrors.AddRange(Errors);
    }

    /// <summary>What makes the settings unfit for any request, behind the name of their object; null where nothing does. It quotes no value.</summary>
    internal string? Fault =>
        !CleverTapEndpoint.IsRegion(Region?.ToLowerInvariant()) ? "region must be letters, digits and hyphens, such as in1"
        : HasControl(AccountId) || HasControl(Passcode) ? "accountId and passcode must not hold control characters"
        : IsTooLong(AccountId) || IsTooLong(Passcode) ? $"accountId and passcode must have at most {LongestCredential} characters"
        : null;

    private RudderDestinationConfig With(List<string> errors) => errors.Count == 0 ? this : this with { Errors = errors };

    private static bool IsTooLong(string? text) => text?.Length > LongestCredential;

    private static JsonSlice FillFrom(ref ReadOnlyMemory<byte> utf8Event, JsonSlice destination, List<string> errors)
    {
        try
        {
            ReadOnlyMemory<byte> message = utf8Event[JsonTokenizer.SkipWhiteSpace(utf8Event.Span, 0)..];
            (JsonSlice rest, JsonSlice filled) = DynamicConfig.Resolve(new JsonSlice(message), default, destination);
            utf8Event = rest.Raw;
            return filled;
        }
        catch (JsonException)
        {
            errors.Add("Config has templates, and the event that would fill them in is not valid JSON: correct the event");
            return destination;
        }
    }

    private static bool HasControl(string? text) => text is not null && text.Any(char.IsControl);

    /// <summary>The account and region; never the passcode.</summary>
    public override string ToString() => $"account {AccountId}, region {Region ?? "none"}";
}
