namespace CleverTap.Rudder.Tool.Transform;

/// <summary>One transformer for each mapping that the configurations of the input ask for.</summary>
internal sealed class Transformers(MappingOptions preset)
{
    private readonly CleverTapTransformer bare = new(preset);
    private readonly Dictionary<MappingOptions, CleverTapTransformer> byMapping = [];
    private RudderDestinationConfig? lastConfig;
    private CleverTapTransformer? last;

    public CleverTapTransformer For(RudderDestinationConfig? config)
    {
        if (config is null)
        {
            return bare;
        }

        if (last is not null && ReferenceEquals(config, lastConfig))
        {
            return last;
        }

        MappingOptions mapping = config.ApplyTo(preset);
        if (!byMapping.TryGetValue(mapping, out last))
        {
            byMapping.Add(mapping, last = new CleverTapTransformer(mapping));
        }

        lastConfig = config;
        return last;
    }
}
