using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>
/// A model of rudder-server that sends requests and reads responses like it. It throws a <see cref="ContractException"/> where
/// rudder-server would panic, or reject a whole response and retry forever.
/// </summary>
internal sealed class RudderServer(Uri address) : IDisposable
{
    private static readonly JsonDocumentOptions AsGo = new() { MaxDepth = 10_000 };

    private readonly HttpClient http = new() { BaseAddress = address };

    public HttpClient Http => http;

    public async Task<JsonElement> FeaturesAsync()
    {
        using HttpResponseMessage response = await http.GetAsync("/features");
        ContractException.ThrowUnless(response.StatusCode == HttpStatusCode.OK, "no features");
        JsonElement features = await ReadAsync(response);
        ContractException.ThrowUnless(
            IsTrue("upgradedToSourceTransformV2") || IsTrue("supportSourceTransformV1"),
            "no support of source transform: rudder-server panics"
        );
        ContractException.ThrowUnless(
            features.GetProperty("routerTransform").GetProperty("CLEVERTAP").ValueKind == JsonValueKind.True,
            "the router is not to transform"
        );
        return features;

        bool IsTrue(string name) => features.TryGetProperty(name, out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
    }

    /// <summary>Returns the items of jobs of the processor.</summary>
    public async Task<IReadOnlyList<ProcessorItem>> ProcessAsync(IReadOnlyList<Job> jobs, Uncompacted? shape = null)
    {
        using HttpResponseMessage response = await PostAsync("/v0/destinations/clevertap", (shape ?? new Uncompacted()).Processor(jobs));
        ContractException.ThrowUnless(
            response.StatusCode == HttpStatusCode.OK,
            $"status {(int)response.StatusCode} for the jobs as a whole"
        );
        return ProcessorItem.ReadAll(await ReadAsync(response), jobs);
    }

    /// <summary>Returns the items of jobs of the router.</summary>
    public async Task<IReadOnlyList<RouterItem>> RouteAsync(IReadOnlyList<Job> jobs, Uncompacted? shape = null)
    {
        using HttpResponseMessage response = await PostAsync("/routerTransform", (shape ?? new Uncompacted()).Router(jobs));
        ContractException.ThrowUnless(
            response.StatusCode == HttpStatusCode.OK,
            $"status {(int)response.StatusCode} for the jobs as a whole"
        );
        return RouterItem.ReadAll(await ReadAsync(response), jobs);
    }

    /// <summary>Asks the proxy, version 1, to deliver a batch.</summary>
    public async Task<ProxyReport> DeliverAsync(RouterItem batch)
    {
        using HttpResponseMessage response = await PostAsync("/v1/destinations/clevertap/proxy", batch.ToProxyRequest());
        ContractException.ThrowUnless(response.StatusCode == HttpStatusCode.OK, $"status {(int)response.StatusCode} from the proxy");
        return ProxyReport.Read(await ReadAsync(response), batch.Metadata);
    }

    /// <summary>Sends a request to a route that transforms or delivers. Each response must have the version header.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        HttpResponseMessage response = await http.PostAsync(path, content);
        RequireVersion(response);
        return response;
    }

    public static void RequireVersion(HttpResponseMessage response) =>
        ContractException.ThrowUnless(
            response.Headers.TryGetValues("apiVersion", out IEnumerable<string>? versions) && versions.SequenceEqual(["2"]),
            "no apiVersion: 2, rudder-server panics"
        );

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(), AsGo);
        return document.RootElement.Clone();
    }

    public void Dispose() => http.Dispose();
}

/// <summary>A response at which rudder-server would panic, or which it would reject.</summary>
internal sealed class ContractException(string message) : Exception(message)
{
    public static void ThrowUnless(bool kept, string what)
    {
        if (!kept)
        {
            throw new ContractException(what);
        }
    }
}
