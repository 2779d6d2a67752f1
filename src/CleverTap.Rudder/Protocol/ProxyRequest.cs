using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>A request that rudder-server asks the proxy to deliver, and the jobs that it contains.</summary>
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
        Jobs = version > 0 && metadata.Kind == JsonValueKind.Array ? metadata.Elements() : [metadata];
    }

    public Uri? Endpoint { get; }

    public string? AccountId { get; }

    public string? Passcode { get; }

    /// <summary>The body for CleverTap, which is sent unchanged.</summary>
    public JsonSlice Payload { get; }

    public List<JsonSlice> Records { get; }

    /// <summary>The metadata of each job, in the order of their records. Version 0 has exactly one job.</summary>
    public List<JsonSlice> Jobs { get; }

    /// <summary>Reads a request. Returns null if the body is not one JSON object.</summary>
    public static ProxyRequest? Read(ReadOnlyMemory<byte> body, int version) =>
        JsonSlice.Parse(body, JsonSlice.AnyDepth) is { Kind: JsonValueKind.Object } json ? new ProxyRequest(json, version) : null;

    /// <summary>Returns the index of the job of each record, or null if records and jobs do not match.</summary>
    /// <remarks>The router sends one record for a job, or two if a device token follows its profile.</remarks>
    public int[]? FindJobIndexes()
    {
        if (Records.Count == Jobs.Count)
        {
            return [.. Enumerable.Range(0, Records.Count)];
        }

        var indexes = new int[Records.Count];
        int index = -1;
        for (int i = 0; i < indexes.Length; i++)
        {
            if (i == 0 || !IsTokenOfProfile(Records[i - 1], Records[i]))
            {
                index++;
            }

            indexes[i] = index;
        }

        return index + 1 == Jobs.Count ? indexes : null;
    }

    private static bool IsTokenOfProfile(JsonSlice profile, JsonSlice token) =>
        token.Member("type"u8).IsText("token"u8)
        && profile.Member("type"u8).IsText("profile"u8)
        && profile.Member("objectId"u8) is { IsMissing: false } objectId
        && objectId.Equals(token.Member("objectId"u8));
}
