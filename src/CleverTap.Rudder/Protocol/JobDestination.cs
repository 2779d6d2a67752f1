using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>
/// A job's destination, made ready once for all its jobs: the transformer with its switches, and the request up to the
/// records. Where the destination is no use, the error that its jobs get.
/// </summary>
internal sealed class JobDestination
{
    private JobDestination(JsonValue id, JsonValue config, RudderDestinationConfig settings, MappingOptions mapping)
    {
        Id = id;
        Config = config;
        Settings = settings;
        Transformer = new CleverTapTransformer(settings.ApplyTo(mapping));
        RequestHead = RequestEnvelope.Head(settings);
    }

    private JobDestination(JobError error) => Error = error;

    public JobError? Error { get; }

    public JsonValue Id { get; }

    public JsonValue Config { get; }

    public RudderDestinationConfig Settings { get; } = new();

    public CleverTapTransformer Transformer { get; } = CleverTapTransformer.Default;

    /// <summary>Everything before the records: version, endpoint, headers. See <see cref="RequestEnvelope"/>.</summary>
    public ReadOnlyMemory<byte> RequestHead { get; }

    public static JobDestination Of(JsonValue destination, MappingOptions mapping)
    {
        JsonValue config = destination.Member("Config"u8);
        if (config.Kind != JsonValueKind.Object)
            return new JobDestination(new JobError(500, "The job has no destination.Config, which must be an object", ErrorCategory.Transformation));

        RudderDestinationConfig settings = RudderDestinationConfig.Parse(config);
        return CleverTapEndpoint.IsRegion(settings.Region?.ToLowerInvariant())
            ? new JobDestination(destination.Member("ID"u8), config, settings, mapping)
            : new JobDestination(new JobError(400, "Config.region must be letters, digits and hyphens, such as in1", ErrorCategory.Configuration));
    }

    /// <summary>Whether jobs of both may go in one request: the same destination with the same settings, however they are spelt.</summary>
    public bool IsSameAs(JobDestination other) =>
        Error == other.Error && Id.Equals(other.Id) && Settings == other.Settings
        && (Config.Equals(other.Config) || (ElementOf(Config) is { } mine && ElementOf(other.Config) is { } theirs && JsonElement.DeepEquals(mine, theirs)));

    /// <summary>Null where the value is nested too deeply to be compared but by its spelling.</summary>
    private static JsonElement? ElementOf(JsonValue value)
    {
        var options = new JsonReaderOptions { MaxDepth = RudderEvent.MaxDepth };
        if (JsonValue.Parse(value.Raw, options).IsMissing) return null;
        var reader = new Utf8JsonReader(value.Raw.Span, options);
        return JsonElement.ParseValue(ref reader);
    }
}
