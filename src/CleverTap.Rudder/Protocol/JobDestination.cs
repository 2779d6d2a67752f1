using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>
/// A job's destination, made ready once for all its jobs: the transformer with its switches, and the request up to the
/// records. Where the destination is no use, the error that its jobs get.
/// </summary>
internal sealed class JobDestination
{
    private static readonly CleverTapTransformer Strict = new(MappingOptions.RudderTransformer);

    private JobDestination(JsonSlice id, JsonSlice config, RudderDestinationConfig settings, MappingOptions mapping)
    {
        Key = (id, CanonicalJson.From(config));
        Transformer = new CleverTapTransformer(settings.ApplyTo(mapping));
        RequestHead = RequestEnvelope.Head(settings);
    }

    private JobDestination(JobError error)
    {
        Error = error;
        Key = (JsonSlice.FromText(error.Message), default);
    }

    public JobError? Error { get; }

    /// <summary>The same for jobs that may go in one request: the destination's id and its settings, however they are spelt.</summary>
    public (JsonSlice Id, JsonSlice Settings) Key { get; }

    /// <summary>Of a destination with an error, one that tells calls that are no calls for any destination.</summary>
    public CleverTapTransformer Transformer { get; } = Strict;

    /// <summary>Everything before the records: version, endpoint, headers. See <see cref="RequestEnvelope"/>.</summary>
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
        return (DestinationConfigValidator.FindError(config) ?? settings.Fault) is { } fault
            ? new JobDestination(new JobError(400, $"Config.{fault}", ErrorCategory.Configuration))
            : new JobDestination(destination.Member("ID"u8), config, settings, mapping);
    }
}
