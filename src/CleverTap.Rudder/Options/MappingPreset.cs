namespace CleverTap.Rudder.Internal.Options;

/// <summary>The values of <c>Mapping:Preset</c> in configuration.</summary>
internal enum MappingPreset
{
    /// <summary><see cref="MappingOptions.Default"/>.</summary>
    Default,

    /// <summary><see cref="MappingOptions.RudderTransformer"/>.</summary>
    RudderTransformer,
}
