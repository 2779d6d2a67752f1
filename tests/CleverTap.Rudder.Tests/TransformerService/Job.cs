using System.Text.Json;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>A job as rudder-server sends it, in JSON; a part that is null is omitted.</summary>
internal sealed record Job(long Id, string? Message, string? Destination)
{
    /// <summary>The job's metadata, echoed by each response.</summary>
    public string? Metadata { get; init; } =
        $$$"""{"userId":"<<>>anon<<>>user","jobId":{{{Id}}},"sourceId":"s-1","destinationId":"d-1","workspaceId":"w-1","attemptNum":0,"secret":null,"dontBatch":false,"unknown":{"kept":[1.50,"é"]}}""";

    /// <summary>The whole job, if it does not consist of the parts.</summary>
    public string? Raw { get; init; }

    /// <summary>Everything after the metadata: members and a closing brace.</summary>
    public string? Rest { get; init; }

    /// <summary>The id that the response must contain; 0 if the job has no metadata.</summary>
    public long RespondedId => Raw is null && IsObject(Metadata) ? Id : 0;

    public string Json => Raw ?? (Rest is not null ? $"{{\"metadata\":{Metadata},{Rest}" : $"{{{string.Join(',', Parts())}}}");

    public static Job Track(long id, string destination, string userId = "user") =>
        new(id, $$$"""{"type":"track","userId":"{{{userId}}}","event":"Signed Up","properties":{"place":{{{id}}}}}""", destination);

    /// <summary>An identify call that becomes a profile and a device token.</summary>
    public static Job Pair(long id, string destination) =>
        new(
            id,
            $$"""{"type":"identify","userId":"u{{id}}","anonymousId":"a{{id}}","traits":{"plan":"pro"},"context":{"os":{"name":"Android"},"device":{"token":"t{{id}}"} } }""",
            destination
        );

    /// <summary>A destination in the form of the backend's configuration.</summary>
    public static string To(string config, string id = "d-1") =>
        $$"""{"ID":"{{id}}","Name":"dev","Config":{{config}},"Enabled":true,"hasDynamicConfig":true}""";

    private IEnumerable<string> Parts()
    {
        if (Message is not null)
        {
            yield return $"\"message\":{Message}";
        }

        if (Metadata is not null)
        {
            yield return $"\"metadata\":{Metadata}";
        }

        if (Destination is not null)
        {
            yield return $"\"destination\":{Destination}";
        }
    }

    private static bool IsObject(string? json) =>
        json is not null && JsonSerializer.Deserialize<JsonElement>(json).ValueKind == JsonValueKind.Object;
}

/// <summary>Creates plain requests from jobs.</summary>
internal record Uncompacted
{
    public virtual string Processor(IReadOnlyList<Job> jobs) => $"[{string.Join(',', jobs.Select(job => job.Json))}]";

    public virtual string Router(IReadOnlyList<Job> jobs) => $$"""{"destType":"clevertap","input":{{Processor(jobs)}} }""";
}

/// <summary>Creates compacted requests from jobs, with each destination once, by id.</summary>
internal sealed record Compacted(string Destinations) : Uncompacted
{
    private string Rest => $"\"destinations\":{Destinations},\"connections\":{{}}";

    public override string Processor(IReadOnlyList<Job> jobs) => $$"""{"input":{{base.Processor(jobs)}},{{Rest}} }""";

    public override string Router(IReadOnlyList<Job> jobs) => $$"""{"input":{{base.Processor(jobs)}},{{Rest}},"destType":"clevertap"}""";
}
