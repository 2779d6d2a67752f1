namespace KafkaWorker;

/// <summary>The options of the command line, as they were given.</summary>
internal sealed record CommandLineOptions
{
    public string? Bootstrap { get; init; }

    public string? Topic { get; init; }

    public string? Group { get; init; }

    public string? AccountId { get; init; }

    public string? Passcode { get; init; }

    public string? Region { get; init; }

    public string? Endpoint { get; init; }

    public int? MaxInFlight { get; init; }

    public string? ClientFile { get; init; }

    public int? HealthPort { get; init; }

    /// <summary>Returns the topic, and never the passcode.</summary>
    public override string ToString() => Topic ?? "";
}
