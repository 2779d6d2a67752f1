using System.Net;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Fails each upload that contains a word with status 500.</summary>
internal sealed class CulpritHandler(string word) : DelegatingHandler
{
    private int failures;

    public bool IsOff { get; set; }

    /// <summary>The number of failed uploads.</summary>
    public int Failures => failures;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // ReadAsByteArrayAsync buffers the content, so that it can still be sent.
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        if (IsOff || body.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) < 0)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        Interlocked.Increment(ref failures);
        return new HttpResponseMessage(HttpStatusCode.InternalServerError);
    }
}
