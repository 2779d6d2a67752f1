namespace CleverTap.Rudder;

/// <summary>Why an event is not meant for CleverTap.</summary>
public enum FilterReason
{
    /// <summary>Its <c>integrations</c> say so; see <see cref="MappingOptions.HonorIntegrations"/>.</summary>
    Integrations,

    /// <summary>The page itself sends it; see <see cref="MappingOptions.UseNativeSdk"/>.</summary>
    NativeSdk,
}
