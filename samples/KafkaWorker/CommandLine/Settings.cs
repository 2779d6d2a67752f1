namespace KafkaWorker;

/// <summary>The settings of a worker.</summary>
internal sealed record Settings
{
    public required string Bootstrap { get; init; }

    public required string Topic { get; init; }

    /// <summary>The consumer group; empty for the library's default.</summary>
    public string Group { get; init; } = "";

    public required string AccountId { get; init; }

    public required string Passcode { get; init; }

    public string Region { get; init; } = "";

    /// <summary>The address of the service; null for the address of the region.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>This worker's share of the account's 15 concurrent uploads; null for the library's default.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>Further settings of the Kafka client.</summary>
    public IReadOnlyDictionary<string, string> Client { get; init; } = new Dictionary<string, string>();

    /// <summary>The port of the probes; null for none.</summary>
    public int? HealthPort { get; init; }

    /// <summary>Returns the topic and the brokers, and never the passcode or the settings of the client.</summary>
    public override string ToString() => $"topic '{Topic}' at {Bootstrap}";
}
