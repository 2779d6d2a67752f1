using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>What rudder-server asks the proxy to deliver: a request as the router got it, and the jobs that it is for.</summary>
internal sealed class ProxyRequest
{
    private ProxyRequest(JsonSlice json, int version)
    {
        Endpoint = Uri.TryCreate(json.Member("endpoint"u8).ToText(), UriKind.Absolute, out Uri? endpoint) ? endpoint : null;
        JsonSlice headers = json.Member("headers"u8);
        AccountId = headers.Member("X-CleverTap-Account-Id"u8).ToText();
        Passcode = headers.Member("X-CleverTap-Passcode"u8).ToText();
        Payload = json.Member("body"u8).Member("JSON"u8);
        Records = Payload.Member("d"u8).Elements();
        JsonSlice metadata = json.Member("metadata"u8);
        Jobs = version > 0 && metadata.Kind == System.Text.Json.JsonValueKind.Array ? metadata.Elements() : [metadata];
    }

    public Uri? Endpoint { get; }

    public string? AccountId { get; }

    public string? Passcode { get; }

    /// <summary>The body for CleverTap, to the letter.</summary>
    public JsonSlice Payload { get; }

    public List<JsonSlice> Records { get; }

    /// <summary>The metadata of each job, in the order of their records. Version 0 knows one job only.</summary>
    public List<JsonSlice> Jobs { get; }

    /// <summary>Null where the body is not one JSON object.</summary>
    public static ProxyRequest? Read(ReadOnlyMemory<byte> body, int version) =>
        JsonSlice.Parse(body, JsonSlice.AnyDepth) is { Kind: System.Text.Json.JsonValueKind.Object } json
            ? new ProxyRequest(json, version)
            : null;

    /// <summary>
    /// Which job each record belongs to; null where that is not to be told. A job has one record, or two where a device token
    /// follows its profile: nothing else goes out of the router.
    /// </summary>
    public int[]? FindJobIndexes()
    {
        var jobs = new int[Records.Count];
        if (Records.Count == Jobs.Count)
        {
            for (int i = 0; i < jobs.Length; i++)
            {
                jobs[i] = i;
            }

            return jobs;
        }

        int job = -1;
        for (int i = 0; i < jobs.Length; i++)
        {
            if (i == 0 || !IsTokenOf(Records[i - 1], Records[i]))
            {
                job++;
            }

            jobs[i] = job;
        }

        return job + 1 == Jobs.Count ? jobs : null;
    }

    private static bool IsTokenOf(JsonSlice profile, JsonSlice token) =>
        token.Member("type"u8).IsText("token"u8)
        && profile.Member("type"u8).IsText("profile"u8)
        && profile.Member("objectId"u8) is { IsMissing: false } objectId
        && objectId.Equals(token.Member("objectId"u8));
}
