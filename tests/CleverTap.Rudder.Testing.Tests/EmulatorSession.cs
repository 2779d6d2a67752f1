using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

/// <summary>An emulator and a client that reaches it over a socket or through the handler.</summary>
internal sealed class EmulatorSession : IAsyncDisposable
{
    private EmulatorSession(CleverTapEmulator emulator, HttpClient http, Uri address)
    {
        Emulator = emulator;
        Http = http;
        Address = address;
    }

    public CleverTapEmulator Emulator { get; }

    public HttpClient Http { get; }

    public Uri Address { get; }

    public static async Task<EmulatorSession> StartAsync(CleverTapEmulatorOptions? options = null)
    {
        CleverTapEmulator emulator = await CleverTapEmulator.StartAsync(options);
        return new EmulatorSession(emulator, new HttpClient(), emulator.Endpoint);
    }

    public static EmulatorSession WithoutSockets(CleverTapEmulatorOptions? options = null)
    {
        CleverTapEmulator emulator = CleverTapEmulator.Create(options);
        return new EmulatorSession(emulator, new HttpClient(emulator.CreateHandler()), new Uri("https://in1.api.clevertap.com/"));
    }

    public static async Task<EmulatorSession> StartAsync(bool overSockets, CleverTapEmulatorOptions? options = null) =>
        overSockets ? await StartAsync(options) : WithoutSockets(options);

    /// <summary>Uploads records and returns the body of the response.</summary>
    public async Task<JsonElement> UploadAsync(params string[] records)
    {
        using HttpResponseMessage response = await SendAsync("1/upload", $$"""{"d":[{{string.Join(',', records)}}]}""");
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        return await ReadAsync(response);
    }

    /// <summary>Sends a request, by default with valid credentials.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string path,
        string? body,
        string method = "POST",
        string? contentType = "application/json",
        string? accountId = null,
        string? passcode = null,
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(Escape(body)));
        }

        if (request.Content is not null && contentType is not null)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        request.Headers.TryAddWithoutValidation("X-CleverTap-Account-Id", accountId ?? Emulator.AccountId);
        request.Headers.TryAddWithoutValidation("X-CleverTap-Passcode", passcode ?? Emulator.Passcode);
        return await Http.SendAsync(request, cancellationToken);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Emulator.DisposeAsync();
    }

    // Latin-1 lets a test send bytes that are not UTF-8; other characters are sent as JSON escapes.
    private static string Escape(string body) =>
        string.Concat(body.Select(character => character > 'ÿ' ? $"\\u{(int)character:x4}" : character.ToString()));
}
