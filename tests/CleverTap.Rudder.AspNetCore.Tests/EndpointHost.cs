using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.AspNetCore;

/// <summary>A web host on its own port, by default with a queue in memory, that delivers to an emulator.</summary>
internal sealed class EndpointHost : IAsyncDisposable
{
    /// <summary>An address without a listener: events stay in the queue.</summary>
    public static readonly Uri Unreachable = new("http://127.0.0.1:1");

    private readonly HttpClient http;

    private EndpointHost(CleverTapEmulator cleverTap, WebApplication app)
    {
        (CleverTap, App) = (cleverTap, app);
        http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public CleverTapEmulator CleverTap { get; }

    public WebApplication App { get; }

    public static async Task<EndpointHost> StartAsync(
        Action<WebApplication> map,
        Action<CleverTapOptions>? configure = null,
        Action<ICleverTapDestinationBuilder>? addQueue = null,
        TimeProvider? clock = null,
        string name = "",
        ILoggerProvider? logs = null
    )
    {
        CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs);
        }

        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        ICleverTapDestinationBuilder destination = builder.Services.AddCleverTapDestination(
            name,
            options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
                options.CredentialsCheck = CredentialsCheckMode.Off;
                configure?.Invoke(options);
            }
        );
        addQueue ??= to => to.AddBackgroundDelivery(queue => (queue.FlushSize, queue.ShutdownDeadline) = (1, TimeSpan.Zero));
        addQueue(destination);
        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync();
        return new EndpointHost(cleverTap, app);
    }

    public static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    public static string Track(string user, string members = "") => $$"""{"type":"track","userId":"{{user}}","event":"Seen"{{members}}}""";

    public Task<EndpointResponse> PostAsync(string path, string json, params (string Header, string Value)[] headers) =>
        PostAsync(path, Encoding.UTF8.GetBytes(json), "application/json", headers);

    public async Task<EndpointResponse> PostAsync(
        string path,
        byte[] body,
        string contentType,
        params (string Header, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach ((string header, string value) in headers)
        {
            HttpHeaders to = header.StartsWith("Content-", StringComparison.Ordinal) ? request.Content.Headers : request.Headers;
            to.TryAddWithoutValidation(header, value);
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return new EndpointResponse(
            (int)response.StatusCode,
            text,
            response.Headers.RetryAfter?.ToString(),
            response.Headers.ConnectionClose == true
        );
    }

    /// <summary>Waits until all taken events are delivered and returns their users.</summary>
    public async Task<IEnumerable<string?>> DeliveredUsersAsync(string name = "")
    {
        await App.Services.GetRequiredKeyedService<ICleverTapQueue>(name).FlushAsync();
        return CleverTap.Events.Select(stored => stored.Identity);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await App.DisposeAsync();
        await CleverTap.DisposeAsync();
    }
}
