using System.Net;

namespace CleverTap.Rudder.Tests;

/// <summary>Fails each upload with a record that holds a word, as a CleverTap that breaks on it.</summary>
internal sealed class PoisonEventHandler(string word) : DelegatingHandler
{
    private int failures;

    public bool IsOff { get; set; }

    /// <summary>How many uploads have failed.</summary>
    public int Failures => failures;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The body is read once: the content that is sent on is its copy.
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        if (IsOff || body.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) < 0)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        Interlocked.Increment(ref failures);
        return new HttpResponseMessage(HttpStatusCode.InternalServerError);
    }
}
