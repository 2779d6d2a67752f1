using System.Text.Json;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>An item of the processor's response, read as strictly as by rudder-server.</summary>
internal sealed record ProcessorItem(long JobId, int Status, string? Error, JsonElement? Output)
{
    public static IReadOnlyList<ProcessorItem> ReadAll(JsonElement response, IReadOnlyList<Job> jobs)
    {
        Strict.Kind(response, JsonValueKind.Array, "the response");
        Dictionary<long, Job> requested = jobs.ToDictionary(job => job.RespondedId);
        ProcessorItem[] items = [.. response.EnumerateArray().Select(item => Read(item, requested))];
        ContractException.ThrowUnless(
            items.Select(item => item.JobId).Distinct().SequenceEqual(requested.Keys),
            "not every job has a response, in order"
        );
        foreach (IGrouping<long, ProcessorItem> job in items.GroupBy(item => item.JobId))
        {
            ContractException.ThrowUnless(job.Count() == 1 || job.All(item => item.Status == 200), "a job has an error and something else");
        }

        return items;
    }

    private static ProcessorItem Read(JsonElement item, Dictionary<long, Job> requested)
    {
        Strict.Kind(item, JsonValueKind.Object, "an item");
        int status = Strict.Status(item);
        bool isSuccess = status == 200;
        ContractException.ThrowUnless(isSuccess == item.TryGetProperty("output", out JsonElement output), "output goes with status 200");
        if (isSuccess)
        {
            Strict.Request(output);
        }

        return new ProcessorItem(
            Strict.JobId(item.GetProperty("metadata"), requested),
            status,
            Strict.Error(item, isSuccess),
            isSuccess ? output : null
        );
    }
}

/// <summary>An item of the router's response, read as strictly as by rudder-server.</summary>
internal sealed record RouterItem(
    IReadOnlyList<long> JobIds,
    IReadOnlyList<string> Metadata,
    int Status,
    string? Error,
    JsonElement? BatchedRequest,
    string? Destination
)
{
    public IReadOnlyList<JsonElement> Records =>
        [.. BatchedRequest!.Value.GetProperty("body").GetProperty("JSON").GetProperty("d").EnumerateArray()];

    public static IReadOnlyList<RouterItem> ReadAll(JsonElement response, IReadOnlyList<Job> jobs)
    {
        Strict.Kind(response, JsonValueKind.Object, "the response");
        Dictionary<long, Job> requested = jobs.ToDictionary(job => job.RespondedId);
        RouterItem[] items = [.. response.GetProperty("output").EnumerateArray().Select(item => Read(item, requested))];
        ContractException.ThrowUnless(
            items.SelectMany(item => item.JobIds).Order().SequenceEqual(requested.Keys.Order()),
            "not every job has exactly one response"
        );
        return items;
    }

    /// <summary>Creates the proxy request for a batch from the parts that rudder-server keeps and its metadata.</summary>
    public string ToProxyRequest(string? metadata = null)
    {
        JsonElement request = BatchedRequest!.Value;
        IEnumerable<string> kept = new[] { "type", "endpoint", "method", "headers", "params", "body", "files" }.Select(name =>
            $"\"{name}\":{request.GetProperty(name).GetRawText()}"
        );
        return $$$"""{{{{string.Join(',', kept)}}},"userId":"","metadata":{{{metadata ?? $"[{string.Join(',', Metadata)}]"}}},"destinationConfig":{}}""";
    }

    private static RouterItem Read(JsonElement item, Dictionary<long, Job> requested)
    {
        Strict.Kind(item, JsonValueKind.Object, "an item");
        int status = Strict.Status(item);
        bool isSuccess = status == 200;
        ContractException.ThrowUnless(
            item.GetProperty("batched").ValueKind is JsonValueKind.True or JsonValueKind.False,
            "batched is no boolean"
        );
        ContractException.ThrowUnless(
            isSuccess == item.TryGetProperty("batchedRequest", out JsonElement request),
            "batchedRequest goes with status 200"
        );
        if (isSuccess)
        {
            Strict.Request(request);
        }

        if (item.TryGetProperty("destination", out JsonElement destination) && destination.ValueKind != JsonValueKind.Null)
        {
            Strict.Kind(destination, JsonValueKind.Object, "destination");
        }

        JsonElement metadata = item.GetProperty("metadata");
        Strict.Kind(metadata, JsonValueKind.Array, "metadata");
        ContractException.ThrowUnless(metadata.GetArrayLength() > 0, "an item of no job");
        return new RouterItem(
            [.. metadata.EnumerateArray().Select(job => Strict.JobId(job, requested))],
            [.. metadata.EnumerateArray().Select(job => job.GetRawText())],
            status,
            Strict.Error(item, isSuccess),
            isSuccess ? request : null,
            destination.ValueKind == JsonValueKind.Undefined ? null : destination.GetRawText()
        );
    }
}

/// <summary>The proxy's response of version 1, read as strictly as by rudder-server.</summary>
internal sealed record ProxyReport(
    int Status,
    string Message,
    IReadOnlyDictionary<long, (int Status, string Error)> Jobs,
    JsonElement? StatTags
)
{
    public static ProxyReport Read(JsonElement response, IReadOnlyList<string> metadata)
    {
        JsonElement output = response.GetProperty("output");
        bool hasTags = output.TryGetProperty("statTags", out JsonElement tags);
        if (hasTags)
        {
            Strict.Texts(tags, "statTags");
        }

        var jobs = new Dictionary<long, (int Status, string Error)>();
        foreach (JsonElement job in output.GetProperty("response").EnumerateArray())
        {
            long id = job.GetProperty("metadata").GetProperty("jobId").GetInt64();
            ContractException.ThrowUnless(jobs.TryAdd(id, (Strict.Status(job), Strict.Text(job, "error"))), $"job {id} is answered twice");
        }

        long[] requested = [.. metadata.Select(job => JsonSerializer.Deserialize<JsonElement>(job).GetProperty("jobId").GetInt64())];
        ContractException.ThrowUnless(jobs.Keys.Order().SequenceEqual(requested.Order()), "response for a job is expected but not found");
        return new ProxyReport(output.GetProperty("status").GetInt32(), Strict.Text(output, "message"), jobs, hasTags ? tags : null);
    }
}

/// <summary>Reads JSON as Go does: one wrong type makes the whole response invalid.</summary>
internal static class Strict
{
    public static void Kind(JsonElement value, JsonValueKind kind, string what) =>
        ContractException.ThrowUnless(value.ValueKind == kind, $"{what} is {value.ValueKind}, not {kind}");

    public static int Status(JsonElement item)
    {
        JsonElement status = item.GetProperty("statusCode");
        ContractException.ThrowUnless(
            status.ValueKind == JsonValueKind.Number && status.GetRawText().All(char.IsAsciiDigit),
            "statusCode is no whole number"
        );
        return status.GetInt32();
    }

    public static string Text(JsonElement item, string name)
    {
        Kind(item.GetProperty(name), JsonValueKind.String, name);
        return item.GetProperty(name).GetString()!;
    }

    public static void Texts(JsonElement map, string what)
    {
        Kind(map, JsonValueKind.Object, what);
        foreach (JsonProperty member in map.EnumerateObject())
        {
            Kind(member.Value, JsonValueKind.String, $"{what}.{member.Name}");
        }
    }

    /// <summary>Reads the error of a failed item and its labels.</summary>
    public static string? Error(JsonElement item, bool isSuccess)
    {
        if (isSuccess)
        {
            return null;
        }

        Texts(item.GetProperty("statTags"), "statTags");
        return Text(item, "error");
    }

    /// <summary>rudder-server's PostParametersT.</summary>
    public static void Request(JsonElement request)
    {
        Kind(request, JsonValueKind.Object, "the request");
        foreach (string text in new[] { "type", "endpoint", "method" })
        {
            Text(request, text);
        }

        if (request.TryGetProperty("userId", out JsonElement userId))
        {
            Kind(userId, JsonValueKind.String, "userId");
        }

        Texts(request.GetProperty("headers"), "headers");
        foreach (string map in new[] { "params", "body", "files" })
        {
            Kind(request.GetProperty(map), JsonValueKind.Object, map);
        }
    }

    /// <summary>Finds the job of metadata, which must be returned unchanged.</summary>
    public static long JobId(JsonElement metadata, Dictionary<long, Job> requested)
    {
        Kind(metadata, JsonValueKind.Object, "metadata");
        long id = metadata.TryGetProperty("jobId", out JsonElement given) ? given.GetInt64() : 0;
        ContractException.ThrowUnless(requested.TryGetValue(id, out Job? job), $"job {id} was never requested for");
        ContractException.ThrowUnless(
            id == 0 || CanonicalJson.Of(job!.Metadata!) == CanonicalJson.Of(metadata.GetRawText()),
            $"other metadata for job {id}"
        );
        return id;
    }
}
