namespace CleverTap.Rudder;

/// <summary>Holds the consents that CleverTap needs from one consent provider.</summary>
/// <remarks>
/// See <see cref="MappingOptions.Consent"/>. Two requirements are equal if all their members are equal, with the ids in the same order.
/// </remarks>
public sealed record ConsentRequirement
{
    /// <summary>The providers of RudderStack's SDKs.</summary>
    internal static readonly string[] Providers = ["oneTrust", "ketch", "iubenda", "custom"];

    private readonly string provider = "custom";
    private readonly IReadOnlyList<string> consentIds = [];

    /// <summary>Gets the consent provider, as in <c>context.consentManagement.provider</c>.</summary>
    /// <value><c>oneTrust</c>, <c>ketch</c>, <c>iubenda</c> or <c>custom</c>. Default <c>custom</c>.</value>
    /// <remarks>
    /// The requirement does not apply to events of other providers. Another spelling of these four (<c>OneTrust</c>) is changed to that of
    /// the events, because it would apply to none.
    /// </remarks>
    public string Provider
    {
        get => provider;
        init => provider = Array.Find(Providers, known => known.Equals(value, StringComparison.OrdinalIgnoreCase)) ?? value;
    }

    /// <summary>Gets the ids of the consents.</summary>
    /// <value>Default empty: no consent is required.</value>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<string> ConsentIds
    {
        get => consentIds;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            consentIds = [.. value];
        }
    }

    /// <summary>Gets whether all of the consents are needed, or one of them.</summary>
    /// <value>
    /// Default null: the <c>resolutionStrategy</c> of the event, or <see cref="ConsentStrategy.And"/> if it has none. For the provider
    /// <c>custom</c>, null means <see cref="ConsentStrategy.And"/>.
    /// </value>
    public ConsentStrategy? Strategy { get; init; }

    /// <summary>
    /// Gets whether this is one of RudderStack's older settings (<c>oneTrustCookieCategories</c>, <c>ketchConsentPurposes</c>).
    /// </summary>
    /// <value>Default false.</value>
    /// <remarks>
    /// Such a requirement also applies to events that name no provider. It never applies to an event if another requirement is for
    /// the provider of that event.
    /// </remarks>
    public bool IsLegacy { get; init; }

    /// <summary>Gets the platform whose events need the consents.</summary>
    /// <value>Default null: the events of every platform.</value>
    /// <remarks>
    /// A mobile event whose operating system is unknown counts as <see cref="SourcePlatform.Android"/> and as
    /// <see cref="SourcePlatform.Ios"/>.
    /// </remarks>
    public SourcePlatform? Platform { get; init; }

    /// <inheritdoc/>
    public bool Equals(ConsentRequirement? other) =>
        other is not null
        && (Provider, Strategy, IsLegacy, Platform) == (other.Provider, other.Strategy, other.IsLegacy, other.Platform)
        && ConsentIds.SequenceEqual(other.ConsentIds, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Provider, Strategy, IsLegacy, Platform, ConsentIds.Count);
}
