namespace CleverTap.Rudder;

/// <summary>The consents that CleverTap needs of one consent provider; see <see cref="MappingOptions.Consent"/>.</summary>
public sealed record ConsentRequirement
{
    /// <summary>The provider as in <c>context.consentManagement.provider</c>: <c>oneTrust</c>, <c>ketch</c>, <c>iubenda</c> or <c>custom</c>.</summary>
    public string Provider { get; init; } = "custom";

    /// <summary>The ids of the consents. Without any, nothing is required.</summary>
    public IReadOnlyList<string> ConsentIds { get; init; } = [];

    /// <summary>
    /// Which of the consents must be given. Default null: the event's own <c>resolutionStrategy</c>, or
    /// <see cref="ConsentStrategy.And"/> if it has none. Of the provider <c>custom</c> null means <see cref="ConsentStrategy.And"/>.
    /// </summary>
    public ConsentStrategy? Strategy { get; init; }
}
