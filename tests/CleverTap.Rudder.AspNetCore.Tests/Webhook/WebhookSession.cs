using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Webhook;

/// <summary>The sample as a process, with an emulator and its own database.</summary>
internal sealed class WebhookSession : IAsyncDisposable
{
    public const int MaxBodyBytes = 64 * 1024;

    private readonly string folder;
    private readonly ServiceProcess webhook;
    private readonly HttpClient http;

    private WebhookSession(string folder, CleverTapEmulator cleverTap, ServiceProcess webhook)
    {
        this.folder = folder;
        CleverTap = cleverTap;
        this.webhook = webhook;
        http = new HttpClient { BaseAddress = webhook.Address };
    }

    public CleverTapEmulator CleverTap { get; }

    public static async Task<WebhookSession> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("webhook-").FullName;
        CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        ServiceProcess webhook = await ServiceProcess.StartAsync(
            "Webhook",
            ("CleverTap__AccountId", cleverTap.AccountId),
            ("CleverTap__Passcode", cleverTap.Passcode),
            ("CleverTap__Endpoint", cleverTap.Endpoint.ToString()),
            ("Outbox__Database", Path.Combine(folder, "clevertap.db")),
            ("Outbox__FlushInterval", "00:00:00.001"),
            ("Webhook__MaxBodyBytes", $"{MaxBodyBytes}"),
            ("Webhook__Secret", "shared")
        );
        return new WebhookSession(folder, cleverTap, webhook);
    }

    public static byte[] Gzip(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }

    public Task<string> HealthAsync() => http.GetStringAsync(new Uri("/health", UriKind.Relative));

    public Task<(HttpStatusCode Status, JsonElement Response)> PostAsync(string json, string secret = "shared") =>
        PostAsync(Encoding.UTF8.GetBytes(json), secret: secret);

    public async Task<(HttpStatusCode Status, JsonElement Response)> PostAsync(
        byte[] body,
        string? encoding = null,
        string contentType = "application/json",
        string secret = "shared"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rudder") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        request.Headers.Add("X-Webhook-Secret", secret);
        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await webhook.DisposeAsync();
        await CleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
