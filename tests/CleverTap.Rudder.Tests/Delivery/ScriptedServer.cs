using System.Net;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Reads each request and returns one prepared response per request; the last response is repeated.</summary>
internal sealed class ScriptedServer(params Func<CancellationToken, Task<HttpResponseMessage>>[] answers) : HttpMessageHandler
{
    private readonly SemaphoreSlim asked = new(0);

    public int Requests { get; private set; }

    public static Task<HttpResponseMessage> Success(int records) =>
        Response(200, body: $$"""{"status":"success","processed":{{records}},"unprocessed":[]}""");

    public static Task<HttpResponseMessage> Response(int status, string? retryAfter = null, string body = "")
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        if (retryAfter is not null)
        {
            response.Headers.Add("Retry-After", retryAfter);
        }

        return Task.FromResult(response);
    }

    public async Task Asked(int times)
    {
        for (; times > 0; times--)
        {
            await asked.WaitAsync();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            await content.CopyToAsync(Stream.Null, cancellationToken);
        }

        int number = Requests++;
        asked.Release();
        return await answers[Math.Min(number, answers.Length - 1)](cancellationToken);
    }
}
