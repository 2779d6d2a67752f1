using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>A destination, prepared once for all its jobs: the transformer and the part of the request before the records.</summary>
internal sealed class JobDestination
{
    private static readonly CleverTapTransformer DefaultTransformer = new(MappingOptions.RudderTransformer);

    private JobDestination(JsonSlice id, JsonSlice config, RudderDestinationConfig settings, MappingOptions mapping)
    {
        Key = (id, CanonicalSettings.From(config));
        Transformer = new CleverTapTransformer(settings.ApplyTo(mapping));
        RequestHead = RequestEnvelope.CreateHead(settings);
    }

    private JobDestination(JobError error)
    {
        Error = error;
        Key = (JsonSlice.FromText(error.Message), default);
    }

    /// <summary>The error that each job of this destination gets; null if the destination is valid.</summary>
    public JobError? Error { get; }

    /// <summary>The key of the jobs that can share a request: the id and the canonical settings.</summary>
    public (JsonSlice Id, JsonSlice Settings) Key { get; }

    /// <summary>The transformer.</summary>
    /// <remarks>An invalid destination has one too, because the error of a message that is not a call comes first.</remarks>
    public CleverTapTransformer Transformer { get; } = DefaultTransformer;

    /// <summary>Everything before the records: version, endpoint and headers. See <see cref="RequestEnvelope"/>.</summary>
    public ReadOnlyMemory<byte> RequestHead { get; }

    public static JobDestination Create(JsonSlice destination, MappingOptions mapping)
    {
        JsonSlice config = destination.Member("Config"u8);
        if (config.Kind != JsonValueKind.Object)
        {
            return new JobDestination(
                new JobError(500, "The job has no destination.Config, which must be an object", ErrorCategory.Transformation)
            );
        }

        RudderDestinationConfig settings = RudderDestinationConfig.Parse(config);
        return (DestinationConfigValidator.FindError(config) ?? settings.Fault) is { } error
            ? new JobDestination(new JobError(400, $"Config.{error}", ErrorCategory.Configuration))
            : new JobDestination(destination.Member("ID"u8), config, settings, mapping);
    }
}
