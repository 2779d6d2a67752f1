using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>Bodies that are compressed, large, or both.</summary>
public sealed class BodyTests
{
    private const int Limit = 200 * 1024 * 1024;
    private const long MostMemory = 1L << 30;
    private const string Router = "/routerTransform";
    private static readonly string Destination = Job.To("""{"accountId":"acc","passcode":"pass"}""");

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("deflate")]
    public async Task A_compressed_body_is_read(string encoding)
    {
        byte[] body = Compress(encoding, Encoding.UTF8.GetBytes(new Uncompacted().Router([Job.Track(1, Destination)])));

        using HttpResponseMessage response = await Service.Rudder.PostAsync(Router, body, encoding);

        Assert.That(
            RouterItem.ReadAll(await RudderServer.ReadAsync(response), [Job.Track(1, Destination)]).Single().Status,
            Is.EqualTo(200)
        );
    }

    [Test]
    public async Task A_body_that_is_not_compressed_as_it_says_is_400(
        [Values("gzip", "br", "deflate", "unknown")] string encoding,
        [Values("text", "half")] string what
    )
    {
        byte[] whole =
            encoding == "unknown"
                ? [0xff, 0xff, 0xff]
                : Compress(encoding, Encoding.UTF8.GetBytes(new Uncompacted().Router([Job.Track(1, Destination)])));
        byte[] body = what == "half" ? whole[..(whole.Length / 2)] : [.. "this is plain text, and more of it than any header holds"u8];

        using HttpResponseMessage response = await Service.Rudder.PostAsync(Router, body, encoding);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task Body_that_decompresses_beyond_the_limit_is_413_and_takes_no_memory(string encoding)
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(Service.CleverTap.Endpoint);
        using var rudder = new RudderServer(service.Address);

        using HttpResponseMessage response = await rudder.PostAsync(Router, Compress(encoding, new byte[Limit + 1]), encoding);

        Assert.That((int)response.StatusCode, Is.EqualTo(413));
        Assert.That(service.PeakBytes, Is.LessThan(MostMemory));
    }

    [Test]
    public async Task Body_with_a_Content_Length_beyond_the_limit_is_413_at_once()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Router) { Content = new ByteArrayContent(new byte[Limit + 1]) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage response = await Service.Rudder.Http.SendAsync(request);

        RudderServer.RequireVersion(response);
        Assert.That((int)response.StatusCode, Is.EqualTo(413));
    }

    [Category("Slow")]
    [Test]
    public async Task Body_of_a_hundred_megabytes_gets_a_response()
    {
        const int Count = 50;
        string large = new('x', 2 * 1024 * 1024);
        Job[] jobs =
        [
            .. Enumerable
                .Range(1, Count)
                .Select(id => new Job(
                    id,
                    $$"""{"type":"track","userId":"user","event":"e","properties":{"large":"{{large}}"} }""",
                    Destination
                )),
        ];

        await using ServiceProcess service = await ServiceProcess.StartAsync(Service.CleverTap.Endpoint);
        using var rudder = new RudderServer(service.Address);

        IReadOnlyList<RouterItem> items = await rudder.RouteAsync(jobs);

        Assert.That(items.Single().Records, Has.Count.EqualTo(Count));
        Assert.That(service.PeakBytes, Is.LessThan(MostMemory));
    }

    [Test]
    public async Task Caller_that_aborts_its_request_does_not_affect_others()
    {
        using var patience = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, Router) { Content = new StreamContent(new Endless(patience)) };

        Assert.That(() => Service.Rudder.Http.SendAsync(request, patience.Token), Throws.InstanceOf<OperationCanceledException>());
        JsonElement features = await Service.Rudder.FeaturesAsync();

        Assert.That(features.ValueKind, Is.EqualTo(JsonValueKind.Object));
    }

    private static byte[] Compress(string encoding, byte[] body)
    {
        using var compressed = new MemoryStream();
        using (
            Stream compressor = encoding switch
            {
                "gzip" => new GZipStream(compressed, CompressionLevel.Fastest),
                "br" => new BrotliStream(compressed, CompressionLevel.Fastest),
                _ => new ZLibStream(compressed, CompressionLevel.Fastest),
            }
        )
        {
            compressor.Write(body);
        }

        return compressed.ToArray();
    }

    /// <summary>A body of a megabyte whose caller then cancels the request.</summary>
    private sealed class Endless(CancellationTokenSource giveUp) : MemoryStream(new byte[1024 * 1024])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                await giveUp.CancelAsync();
            }

            cancellationToken.ThrowIfCancellationRequested();
            return read;
        }
    }
}
