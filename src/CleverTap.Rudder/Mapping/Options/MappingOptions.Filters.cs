using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <content>The options that decide which events are sent.</content>
public sealed partial record MappingOptions
{
    private readonly ConsentRules consent = ConsentRules.None;
    private readonly EventNames? webAllowEvents;
    private readonly EventNames webDenyEvents = EventNames.None;

    /// <summary>Gets the platforms whose pages or apps send their events through CleverTap's own SDK (device mode).</summary>
    /// <value><see cref="NativeSdkPlatforms.None"/> in both presets.</value>
    /// <remarks>
    /// <para>
    /// The same events are filtered here with <see cref="FilterReason.NativeSdk"/>. The option corresponds to <c>useNativeSDK</c> of
    /// the settings of the destination (guide, connection modes).
    /// </para>
    /// <para>
    /// The SDK of a page sends identify, track and page calls; a mobile SDK sends identify, track and screen calls. Other calls, and
    /// events whose platform is unknown, are never filtered, because an event that is filtered by mistake is lost. The option does not
    /// apply to <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/>, which creates the calls of the page.
    /// </para>
    /// </remarks>
    public NativeSdkPlatforms NativeSdk { get; init; }

    /// <summary>Gets the consents that CleverTap needs, one entry for each consent provider.</summary>
    /// <value>Empty in both presets: consent is not checked.</value>
    /// <remarks>
    /// <para>
    /// An event whose <c>context.consentManagement</c> denies the consents is filtered with <see cref="FilterReason.Consent"/>. The rule
    /// is that of rudder-server, which has already applied it to events that come through rudder-server. The entries for the
    /// <c>provider</c> of the event are compared with its <c>deniedConsentIds</c>: with <see cref="ConsentStrategy.And"/> one denied
    /// consent filters the event, with <see cref="ConsentStrategy.Or"/> all must be denied. An event without denied consents, or of
    /// another provider, is not filtered.
    /// </para>
    /// <para>
    /// <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/> applies the rule of the JavaScript SDK: every consent (with
    /// <see cref="ConsentStrategy.Or"/>: at least one) must be in <c>allowedConsentIds</c>. For an event without
    /// <c>allowedConsentIds</c> the denied consents decide, as above.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The list or an entry is null.</exception>
    public IReadOnlyList<ConsentRequirement> Consent
    {
        get => consent.Requirements;
        init => consent = new ConsentRules(value);
    }

    /// <summary>
    /// Gets the names of the only track events that <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/> maps.
    /// </summary>
    /// <value>Null in both presets: every event. An empty list allows no event.</value>
    /// <remarks>
    /// Other track events are filtered with <see cref="FilterReason.EventList"/>. Names are compared exactly, without white space around
    /// them. The option does not apply to other calls.
    /// </remarks>
    public IReadOnlyList<string>? WebAllowEvents
    {
        get => webAllowEvents?.Names;
        init => webAllowEvents = value is null ? null : new EventNames(value);
    }

    /// <summary>
    /// Gets the names of the track events that <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/> filters.
    /// </summary>
    /// <value>Empty in both presets.</value>
    /// <remarks>
    /// The events are filtered with <see cref="FilterReason.EventList"/>. Names are compared as in <see cref="WebAllowEvents"/>.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<string> WebDenyEvents
    {
        get => webDenyEvents.Names;
        init => webDenyEvents = new EventNames(value);
    }

    /// <summary>
    /// Gets whether RudderStack calls without a counterpart in CleverTap (<c>group</c>, <c>record</c>, <c>audiencelist</c> and
    /// <c>merge</c>) are filtered.
    /// </summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    /// <remarks>
    /// They are filtered with <see cref="FilterReason.TypeNotSupported"/>. If false, they give the error
    /// <see cref="EventErrorCode.TypeNotSupported"/>, as any other type does, such as a misspelt one.
    /// </remarks>
    public bool FilterUnsupportedCalls { get; init; } = true;

    /// <summary>Gets whether the <c>integrations</c> of an event can exclude CleverTap.</summary>
    /// <value>
    /// True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>: rudder-server does this before its transformer.
    /// </value>
    /// <remarks>
    /// <c>{"CleverTap": false}</c> excludes CleverTap, and so does <c>{"All": false}</c> unless CleverTap is enabled by name. As in
    /// rudder-server, an <c>integrations</c> that is not an object, or an <c>All</c> that is not a boolean, excludes every destination.
    /// </remarks>
    public bool HonorIntegrations { get; init; } = true;

    internal ConsentRules ConsentRules => consent;

    /// <summary>Whether a page does not send a track event of this name.</summary>
    internal bool IsExcludedFromWeb(string name) => webDenyEvents.Contains(name) || webAllowEvents?.Contains(name) == false;
}
