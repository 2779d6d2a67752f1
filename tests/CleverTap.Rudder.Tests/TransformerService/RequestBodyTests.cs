using Microsoft.AspNetCore.Http;
using ServiceBody = global::TransformerService.RequestBody;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The memory for a body depends on the received bytes, not on the Content-Length header.</summary>
public sealed class RequestBodyTests
{
    private const int First = 16 * 1024;
    private const int Growth = 4;

    [TestCase(150_000_000L)]
    [TestCase(10L)]
    [TestCase(null)]
    public async Task Body_that_claims_much_and_sends_nothing_takes_little_memory(long? claimed)
    {
        using var body = new MeasuredStream([]);

        using ServiceBody read = await ServiceBody.ReadAsync(Request(body, claimed), CancellationToken.None);

        Assert.That(body.Largest, Is.EqualTo(First));
        Assert.That(read.Json.IsEmpty);
    }

    [TestCase(150_000_000L)]
    [TestCase(null)]
    public async Task Buffer_is_at_most_four_times_as_large_as_what_arrived(long? claimed)
    {
        byte[] sent = new byte[1_000_000];
        Random.Shared.NextBytes(sent);
        using var body = new MeasuredStream(sent);

        using ServiceBody read = await ServiceBody.ReadAsync(Request(body, claimed), CancellationToken.None);

        Assert.That(read.Json.Span.SequenceEqual(sent));
        Assert.That(body.LargestShare, Is.LessThanOrEqualTo(Growth));
    }

    [Test]
    public async Task Body_of_the_claimed_length_is_read_as_a_whole([Values(0, 1, 16_383, 16_384, 16_385, 65_536, 300_000)] int length)
    {
        byte[] sent = new byte[length];
        Random.Shared.NextBytes(sent);
        using var body = new MeasuredStream(sent);

        using ServiceBody read = await ServiceBody.ReadAsync(Request(body, length), CancellationToken.None);

        Assert.That(read.Json.Span.SequenceEqual(sent));
    }

    private static HttpRequest Request(Stream body, long? claimed)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = body;
        context.Request.Headers.ContentLength = claimed;
        return context.Request;
    }

    /// <summary>Records the buffer size of each read.</summary>
    private sealed class MeasuredStream(byte[] content) : MemoryStream(content)
    {
        public int Largest { get; private set; }

        public double LargestShare { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Largest = Math.Max(Largest, buffer.Length);
            if (Position > First)
            {
                LargestShare = Math.Max(LargestShare, (buffer.Length + Position) / (double)Position);
            }

            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
