using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>A failed call is classified by whether its request began, and not by how it ended.</summary>
public sealed class ClientFailureTests
{
    private static readonly CleverTapRecord[] Records = [CleverTapRecord.Create(RecordKind.Event, """{"type":"event"}"""u8.ToArray())];

    public static IEnumerable<Exception> Failures() =>
        [
            new HttpRequestException(HttpRequestError.NameResolutionError),
            new HttpRequestException(HttpRequestError.ConnectionError),
            new HttpRequestException(HttpRequestError.SecureConnectionError),
            new HttpRequestException(HttpRequestError.ResponseEnded),
            new TaskCanceledException("ConnectTimeout", new TimeoutException()),
            new InvalidOperationException("a handler of the host"),
            new IOException(),
        ];

    [TestCaseSource(nameof(Failures))]
    public async Task Upload_is_not_connected_when_it_fails_before_the_body_is_written(Exception failure)
    {
        CleverTapResponse response = await UploadAsync((_, _) => throw failure);

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.NotConnected));
        Assert.That(response.Error, Does.StartWith("No connection to CleverTap: "));
    }

    [TestCaseSource(nameof(Failures))]
    public async Task Upload_has_no_response_when_it_fails_after_the_body_began(Exception failure)
    {
        CleverTapResponse response = await UploadAsync(
            async (request, cancellationToken) =>
            {
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
                throw failure;
            }
        );

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.NoResponse));
        Assert.That(response.Error, Does.StartWith("No response from CleverTap: "));
    }

    [Test]
    public async Task Upload_has_no_response_when_the_connection_breaks_in_the_middle_of_the_body()
    {
        CleverTapResponse response = await UploadAsync(
            async (request, cancellationToken) =>
            {
                using var closed = new MemoryStream();
                await closed.DisposeAsync();
                await request.Content!.CopyToAsync(closed, cancellationToken);
                throw new InvalidOperationException("not reached");
            }
        );

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.NoResponse));
    }

    [Test]
    public async Task Upload_has_no_response_when_a_second_attempt_of_a_handler_cannot_connect()
    {
        CleverTapResponse response = await UploadAsync(
            async (request, cancellationToken) =>
            {
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
                throw new HttpRequestException(HttpRequestError.ConnectionError);
            }
        );

        Assert.That(response.Error, Is.EqualTo("No response from CleverTap: ConnectionError"));
    }

    [Test]
    public async Task Upload_has_no_response_when_the_body_of_the_response_breaks_off()
    {
        CleverTapResponse response = await UploadAsync(
            (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new BrokenStream()) })
        );

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.NoResponse));
    }

    [TestCase(false, ResponseStatus.NotConnected, "No connection to CleverTap within 00:00:30")]
    [TestCase(true, ResponseStatus.NoResponse, "No response from CleverTap within 00:00:30")]
    public async Task Timeout_of_a_call_shows_whether_the_request_began(bool begins, ResponseStatus status, string error)
    {
        var time = new FakeTimeProvider();
        Task<CleverTapResponse> call = UploadAsync(
            async (request, cancellationToken) =>
            {
                if (begins)
                {
                    await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
                }

                time.Advance(TimeSpan.FromSeconds(31));
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                throw new InvalidOperationException("not reached");
            },
            time
        );

        CleverTapResponse response = await call;

        Assert.That((response.Status, response.Error), Is.EqualTo((status, error)));
    }

    [Test]
    public void Upload_throws_when_the_caller_cancels_it()
    {
        using var caller = new CancellationTokenSource();

        Assert.That(
            () =>
                UploadAsync(
                    async (_, cancellationToken) =>
                    {
                        await caller.CancelAsync();
                        cancellationToken.ThrowIfCancellationRequested();
                        throw new InvalidOperationException("not reached");
                    },
                    cancellationToken: caller.Token
                ),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public async Task Deletion_is_not_connected_when_it_fails_before_the_body_is_written()
    {
        using var http = new HttpClient(new Handler((_, _) => throw new InvalidOperationException()));

        CleverTapResponse response = await new CleverTapClient(http, OptionsTests.Good()).DeleteProfilesAsync(["u"]);

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.NotConnected));
    }

    [Test]
    public async Task Events_are_not_connected_when_the_TLS_handshake_takes_too_long_and_lost_responses_are_reported()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using ServiceProvider provider = new ServiceCollection()
            .AddLogging()
            .AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode) = ("acc", "p");
                options.Endpoint = new Uri($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/");
                options.ConnectTimeout = TimeSpan.FromMilliseconds(200);
                options.MaxAttempts = 1;
                options.LostResponses = LostResponsePolicy.Report;
            })
            .Services.BuildServiceProvider();

        DeliveryReport report = await provider
            .GetRequiredService<ICleverTapDestination>()
            .SendAsync([new TrackEvent { UserId = "u", Event = "Seen" }]);

        Assert.That(report[0].UndeliveredReason, Is.EqualTo(UndeliveredReason.NotConnected));
        Assert.That(report[0].Message, Is.EqualTo("No connection to CleverTap: ConnectionError"));
    }

    private static async Task<CleverTapResponse> UploadAsync(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default
    )
    {
        using var http = new HttpClient(new Handler(send)) { Timeout = Timeout.InfiniteTimeSpan };
        return await new CleverTapClient(http, OptionsTests.Good(), time).UploadAsync(Records, cancellationToken: cancellationToken);
    }

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            send(request, cancellationToken);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(new HttpIOException(HttpRequestError.ResponseEnded));
    }
}
