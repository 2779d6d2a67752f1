namespace KafkaWorker;

/// <summary>What a worker reads from and delivers to.</summary>
internal sealed record Settings
{
    public required string Bootstrap { get; init; }

    public required string Topic { get; init; }

    /// <summary>The consumer group; empty for the library's default.</summary>
    public string Group { get; init; } = "";

    public required string AccountId { get; init; }

    public required string Passcode { get; init; }

    public string Region { get; init; } = "";

    /// <summary>The service's address in place of the one of the account's region.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>This worker's share of the account's 15 uploads at once; null for the library's default.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>Further settings of the Kafka client.</summary>
    public IReadOnlyDictionary<string, string> Client { get; init; } = new Dictionary<string, string>();

    /// <summary>The port of the probes; null for none.</summary>
    public int? HealthPort { get; init; }

    /// <summary>Never the passcode, nor what is in the client's settings.</summary>
    public override string ToString() => $"topic '{Topic}' at {Bootstrap}";
}
