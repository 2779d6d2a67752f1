using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder;

/// <summary>The settings of a CleverTap destination in RudderStack: the <c>Config</c> object of its control plane.</summary>
/// <remarks>
/// <para>A switch is on for any value that is truthy in JavaScript, as in rudder-transformer.</para>
/// <para>
/// A text <c>env.NAME</c> is replaced by the value of the environment variable NAME. Read only a <c>Config</c> that you trust, because it
/// chooses the variables. The errors of a <c>Config</c> are in <see cref="Errors"/>.
/// </para>
/// </remarks>
public sealed record RudderDestinationConfig
{
    /// <summary>A limit far above the length of real credentials, because both are headers of every request of a job.</summary>
    private const int MaxCredentialLength = 1024;
    private readonly ConsentRules? consent;
    private readonly EventNames? webAllowEvents;
    private readonly EventNames? webDenyEvents;

    /// <summary>The account id.</summary>
    public string? AccountId { get; init; }

    /// <summary>The passcode.</summary>
    public string? Passcode { get; init; }

    /// <summary>The region: <c>none</c>, <c>in1</c>, <c>sg1</c>, <c>us1</c>, <c>sk1</c>, <c>aps3</c> or <c>mec1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Whether events of anonymous users are sent; null if not set.</summary>
    public bool? TrackAnonymous { get; init; }

    /// <summary>Whether the CleverTap object id is used for the mapping; null if not set.</summary>
    public bool? EnableObjectIdMapping { get; init; }

    /// <summary>The platforms in device mode, from <c>useNativeSDK</c> and <c>connectionMode</c>; null if neither is set.</summary>
    /// <remarks>
    /// Each setting is one value for all platforms, or an object with <c>web</c>, <c>android</c>, <c>ios</c> and <c>reactnative</c>.
    /// </remarks>
    public NativeSdkPlatforms? NativeSdk { get; init; }

    /// <summary>The consents that CleverTap requires; null if it requires none.</summary>
    /// <remarks>They come from <c>consentManagement</c>, <c>oneTrustCookieCategories</c> and <c>ketchConsentPurposes</c>.</remarks>
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

    /// <summary>The errors of the <c>Config</c>: environment variables that are not set, and templates without an event.</summary>
    /// <remarks>The settings with an error count as not set. Each text names the setting and the remedy, never a value.</remarks>
    /// <value>Default empty.</value>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Parses a <c>Config</c> object. Members that are missing or of another kind count as not set.</summary>
    /// <param name="config">The object. Texts <c>env.NAME</c> are replaced by environment variables.</param>
    /// <param name="sourceType">
    /// The type of the source whose events are transformed, as RudderStack names it: <c>web</c>, <c>android</c>, <c>ios</c>,
    /// <c>reactnative</c>, <c>cloud</c>, <c>warehouse</c> and so on, in any case. Of a setting with a value for each source type, only the
    /// value of this type then applies. Default null: the platform of each event decides which value applies
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

    /// <summary>Parses the <c>Config</c> of a destination that comes with an event, and fills in its templates from the event.</summary>
    /// <param name="destination">
    /// The destination, <c>{"Config": {…}}</c>. A text <c>{{ path || default }}</c> in its Config is replaced by the event's value at that
    /// path, such as <c>{{ event.properties.account || "acc" }}</c>, unless <c>hasDynamicConfig</c> is false.
    /// </param>
    /// <param name="utf8Event">
    /// The event as JSON in UTF-8. Values that fill in a template are removed from it, as in rudder-transformer.
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
    /// Parses the Config of a request without its environment variables, because a sender must not read this machine's environment.
    /// Templates are filled in already.
    /// </summary>
    internal static RudderDestinationConfig Parse(JsonSlice config) => new DestinationConfigReader(config, sourceType: null).Read();

    /// <summary>Returns mapping options with the switches of this configuration. Settings that are not set keep the option.</summary>
    /// <remarks>
    /// <see cref="NativeSdk"/> and <see cref="Consent"/> are not applied if <see cref="MappingOptions.HonorIntegrations"/> is off, because
    /// rudder-server has filtered the events already.
    /// </remarks>
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

    /// <summary>
    /// Why no request can carry the settings, without the name of their object; null if there is no error. It quotes no value.
    /// </summary>
    internal string? Fault
    {
        get
        {
            if (!CleverTapEndpoint.IsRegion(Region?.ToLowerInvariant()))
            {
                return "region must be letters, digits and hyphens, such as in1";
            }

            if (HasControl(AccountId) || HasControl(Passcode))
            {
                return "accountId and passcode must not hold control characters";
            }

            return IsTooLong(AccountId) || IsTooLong(Passcode)
                ? $"accountId and passcode must have at most {MaxCredentialLength} characters"
                : null;
        }
    }

    private RudderDestinationConfig With(List<string> errors) => errors.Count == 0 ? this : this with { Errors = errors };

    private static bool IsTooLong(string? text) => text?.Length > MaxCredentialLength;

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

    /// <summary>Returns the account and region, without the passcode.</summary>
    public override string ToString() => $"account {AccountId}, region {Region ?? "none"}";
}
