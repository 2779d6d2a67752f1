namespace CleverTap.Rudder;

/// <summary>The consents that CleverTap needs of one consent provider; see <see cref="MappingOptions.Consent"/>.</summary>
/// <remarks>Two requirements are equal if all their members are, the ids in the same order.</remarks>
public sealed record ConsentRequirement
{
    private readonly IReadOnlyList<string> consentIds = [];

    /// <summary>
    /// The provider as in <c>context.consentManagement.provider</c>: <c>oneTrust</c>, <c>ketch</c>, <c>iubenda</c> or <c>custom</c>.
    /// Default <c>custom</c>. Events of other providers are not concerned.
    /// </summary>
    public string Provider { get; init; } = "custom";

    /// <summary>The ids of the consents. Default empty: nothing is required.</summary>
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

    /// <summary>
    /// Which of the consents must be given. Default null: the event's own <c>resolutionStrategy</c>, or
    /// <see cref="ConsentStrategy.And"/> if it has none. Of the provider <c>custom</c> null means <see cref="ConsentStrategy.And"/>.
    /// </summary>
    public ConsentStrategy? Strategy { get; init; }

    /// <summary>
    /// Whether this is one of RudderStack's older settings (<c>oneTrustCookieCategories</c>, <c>ketchConsentPurposes</c>). Such a
    /// requirement also applies to events that name no provider, and never to events for whose provider there is another requirement.
    /// Default false.
    /// </summary>
    public bool IsLegacy { get; init; }

    /// <summary>The platform whose events need the consents. Default null: the events of every platform.</summary>
    /// <remarks>A mobile event whose system is not known counts as <see cref="SourcePlatform.Android"/> and <see cref="SourcePlatform.Ios"/>.</remarks>
    public SourcePlatform? Platform { get; init; }

    /// <inheritdoc/>
    public bool Equals(ConsentRequirement? other) =>
        other is not null
        && (Provider, Strategy, IsLegacy, Platform) == (other.Provider, other.Strategy, other.IsLegacy, other.Platform)
        && ConsentIds.SequenceEqual(other.ConsentIds, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Provider, Strategy, IsLegacy, Platform, ConsentIds.Count);
}
