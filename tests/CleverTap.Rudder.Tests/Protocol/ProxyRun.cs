using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>A proxy with a handler that records the address, headers and body of each request.</summary>
internal sealed class ProxyRun(HttpMessageHandler network, RudderTransformerOptions? options = null, TimeProvider? time = null)
    : IDisposable
{
    private readonly Recorder recorder = new(network);
    private HttpClient? http;

    public List<(Uri Address, string Headers, string Body)> Sent => recorder.Sent;

    /// <summary>The last response as it was written.</summary>
    public string Text { get; private set; } = "";

    public static string Body(
        string records,
        string metadata,
        string endpoint = "https://in1.api.clevertap.com/1/upload",
        string accountId = "\"acc\"",
        string passcode = $"\"{ProtocolClient.Passcode}\""
    ) =>
        $$"""
            {"type":"REST","endpoint":{{JsonSerializer.Serialize(
                endpoint
            )}},"method":"POST","userId":"","headers":{"X-CleverTap-Account-Id":{{accountId}},"X-CleverTap-Passcode":{{passcode}},"Content-Type":"application/json"},
             "params":{},"body":{"JSON":{"d":[{{records}}]},"JSON_ARRAY":{},"XML":{},"FORM":{} },"files":{},"metadata":{{metadata}},"destinationConfig":{} }
            """;

    /// <summary>Returns the metadata of this many jobs as an array.</summary>
    public static string Jobs(int count) => $"[{string.Join(',', Enumerable.Range(1, count).Select(ProtocolClient.Metadata))}]";

    public async Task<(int Status, JsonElement Output)> DeliverAsync(
        int version,
        string body,
        CancellationToken cancellationToken = default
    )
    {
        (int status, JsonElement response) = await CallAsync(
            (proxy, output) => proxy.DeliverAsync(version, Encoding.UTF8.GetBytes(body), output, cancellationToken)
        );
        return (status, response.TryGetProperty("output", out JsonElement output) ? output : response);
    }

    public Task<(int Status, JsonElement Response)> DeleteUsersAsync(string body) =>
        CallAsync((proxy, output) => proxy.DeleteUsersAsync(Encoding.UTF8.GetBytes(body), output));

    public void Dispose() => http?.Dispose();

    private async Task<(int Status, JsonElement Response)> CallAsync(Func<RudderTransformerProxy, IBufferWriter<byte>, Task<int>> ask)
    {
        http ??= new HttpClient(recorder);
        var response = new ArrayBufferWriter<byte>();
        int status = await ask(new RudderTransformerProxy(http, options ?? new RudderTransformerOptions(), time), response);
        Text = Encoding.UTF8.GetString(response.WrittenSpan);
        return (status, ProtocolClient.Parse(response.WrittenSpan));
    }

    private sealed class Recorder(HttpMessageHandler network) : DelegatingHandler(network)
    {
        public List<(Uri Address, string Headers, string Body)> Sent { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
            Sent.Add((request.RequestUri!, $"{request.Headers}{request.Content?.Headers}", body));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
