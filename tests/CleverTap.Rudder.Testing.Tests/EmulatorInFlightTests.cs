using System.Net;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorInFlightTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private FakeTimeProvider clock = null!;

    [SetUp]
    public void StopTheClock() => clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500));

    [Test]
    public async Task Request_beyond_the_in_flight_limit_gets_429()
    {
        await using EmulatorSession session = Slow(maxInFlight: 2);
        Task<HttpStatusCode> first = StatusAsync(session, "1/upload");
        Task<HttpStatusCode> second = StatusAsync(session, "1/upload");
        Assert.That(await StatusAsync(session, "1/upload"), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(first.IsCompleted || second.IsCompleted, Is.False);

        clock.Advance(Second);
        Assert.That(await Task.WhenAll(first, second), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(session.Emulator.PeakInFlight, Is.EqualTo(3));
        Assert.That(session.Emulator.EventCount, Is.EqualTo(2));
    }

    [Test]
    public async Task The_limit_is_per_API_and_free_again_after_the_response()
    {
        await using EmulatorSession session = Slow(maxInFlight: 1);
        Task<HttpStatusCode> upload = StatusAsync(session, "1/upload");
        Task<HttpStatusCode> connect = StatusAsync(session, "v1/connect?partner=x", "GET");
        clock.Advance(Second);
        Assert.That(await Task.WhenAll(upload, connect), Is.All.EqualTo(HttpStatusCode.OK));
        Task<HttpStatusCode> again = StatusAsync(session, "1/upload");
        clock.Advance(Second);
        Assert.That(await again, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(session.Emulator.PeakInFlight, Is.EqualTo(1));

        session.Emulator.Clear();
        Assert.That(session.Emulator.PeakInFlight, Is.Zero);
    }

    [Test]
    public async Task A_sender_that_gives_up_waiting_does_not_undo_its_upload()
    {
        await using EmulatorSession session = Slow(maxInFlight: 1);
        using var patience = new CancellationTokenSource();
        Task<HttpStatusCode> upload = StatusAsync(session, "1/upload", cancellationToken: patience.Token);
        await patience.CancelAsync();
        Assert.That(() => upload, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(session.Emulator.EventCount, Is.EqualTo(1));

        Task<HttpStatusCode> second = StatusAsync(session, "1/upload");
        clock.Advance(Second);
        Assert.That(await second, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Sequential_senders_over_sockets_never_exceed_the_in_flight_limit()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync(new CleverTapEmulatorOptions { MaxInFlight = 4 });
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    for (int i = 0; i < 100; i++)
                    {
                        Assert.That(await StatusAsync(session, "1/upload"), Is.EqualTo(HttpStatusCode.OK));
                    }
                })
        );
        Assert.That(session.Emulator.PeakInFlight, Is.InRange(1, 4));
    }

    [TestCase(9.5, "Tue, 14 Nov 2023 22:13:30 GMT")]
    [TestCase(9.6, "Tue, 14 Nov 2023 22:13:31 GMT")]
    public async Task Retry_After_as_a_date_is_by_the_emulators_clock_and_never_too_early(double seconds, string header)
    {
        var faults = new CleverTapFaults
        {
            Unavailable = 1,
            RetryAfter = TimeSpan.FromSeconds(seconds),
            RetryAfterAsDate = true,
        };
        await using EmulatorSession session = EmulatorSession.WithoutSockets(
            new CleverTapEmulatorOptions { Faults = faults, TimeProvider = clock }
        );
        using HttpResponseMessage response = await session.SendAsync("1/upload", "{}");
        Assert.That(response.Headers.GetValues("Retry-After").Single(), Is.EqualTo(header));
    }

    [Test]
    public void The_limit_is_CleverTaps_and_at_least_1()
    {
        Assert.That(new CleverTapEmulatorOptions().MaxInFlight, Is.EqualTo(15));
        Assert.That(() => new CleverTapEmulatorOptions { MaxInFlight = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private EmulatorSession Slow(int maxInFlight) =>
        EmulatorSession.WithoutSockets(
            new CleverTapEmulatorOptions
            {
                MaxInFlight = maxInFlight,
                Faults = new CleverTapFaults { Latency = Second },
                TimeProvider = clock,
            }
        );

    private static async Task<HttpStatusCode> StatusAsync(
        EmulatorSession session,
        string path,
        string method = "POST",
        CancellationToken cancellationToken = default
    )
    {
        const string upload = """{"d":[{"type":"event","identity":"u","evtName":"A","evtData":{}}]}""";
        using HttpResponseMessage response = await session.SendAsync(
            path,
            method == "POST" ? upload : null,
            method,
            cancellationToken: cancellationToken
        );
        return response.StatusCode;
    }
}
