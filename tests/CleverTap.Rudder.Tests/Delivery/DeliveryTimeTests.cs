using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Delays and deadlines with a fake clock.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeliveryTimeTests
{
    private readonly TestClock clock = new();

    [Test]
    public async Task SendAsync_waits_for_the_Retry_After_delay()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Response(503, retryAfter: "30"), _ => ScriptedServer.Success(1));
        Task<DeliveryReport> sending = Destination(
                server,
                options => (options.MaxRetryAfter, options.Timeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10))
            )
            .SendAsync([Event]);

        await clock.WaitForTimer(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.That(server.Requests, Is.EqualTo(1));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await sending).ToString(), Is.EqualTo("1 Delivered"));
    }

    [Test]
    public async Task SendAsync_waits_until_the_Retry_After_date()
    {
        using var server = new ScriptedServer(
            _ => ScriptedServer.Response(429, retryAfter: "Thu, 01 Jan 1970 00:00:20 GMT"),
            _ => ScriptedServer.Success(1)
        );
        Task<DeliveryReport> sending = Destination(server).SendAsync([Event]);

        await clock.WaitForTimer(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.That(server.Requests, Is.EqualTo(1));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await sending).ToString(), Is.EqualTo("1 Delivered"));
    }

    [Test]
    public async Task SendAsync_gives_up_at_once_when_the_retry_would_begin_after_the_deadline()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Response(503, retryAfter: "30"));

        DeliveryReport report = await Destination(
                server,
                options => (options.Deadline, options.MaxRetryAfter) = (TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1))
            )
            .SendAsync([Event]);

        Assert.That((report[0].UndeliveredReason, report[0].Code), Is.EqualTo((UndeliveredReason.Unavailable, 503)));
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Upload_counts_as_a_lost_response_when_it_exceeds_the_timeout()
    {
        using var server = new ScriptedServer(async cancelled =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
            return await ScriptedServer.Success(1);
        });
        Task<DeliveryReport> sending = Destination(
                server,
                options => (options.Timeout, options.LostResponses) = (TimeSpan.FromSeconds(10), LostResponsePolicy.Report)
            )
            .SendAsync([Event]);

        await server.Asked(1);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.That((await sending)[0].Message, Is.EqualTo("No response from CleverTap within 00:00:10"));
    }

    [Test]
    public async Task SendAsync_leaves_the_rest_undelivered_at_once_when_it_is_cancelled_during_a_wait()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new ScriptedServer(_ => ScriptedServer.Response(503, retryAfter: "30"));
        Task<DeliveryReport> sending = Destination(
                server,
                options => (options.MaxBatchRecords, options.Timeout) = (1, TimeSpan.FromSeconds(10))
            )
            .SendAsync([Event, Event], cancel.Token);

        await clock.WaitForTimer(TimeSpan.FromSeconds(30));
        await cancel.CancelAsync();

        Assert.That(
            (await sending).Select(outcome => outcome.UndeliveredReason),
            Is.EqualTo(new[] { UndeliveredReason.Cancelled, UndeliveredReason.Cancelled })
        );
    }

    [Test]
    public async Task SendAsync_makes_no_more_than_MaxAttempts()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Response(500));

        DeliveryReport report = await Destination(server, options => (options.MaxAttempts, options.RetryBaseDelay) = (3, TimeSpan.Zero))
            .SendAsync([Event]);

        Assert.That(server.Requests, Is.EqualTo(3));
        Assert.That(
            (report[0].UndeliveredReason, report[0].Code, report[0].Message),
            Is.EqualTo((UndeliveredReason.Unavailable, 500, "CleverTap responded with 500"))
        );
    }

    [Test]
    public async Task SendAsync_skips_later_events_of_a_user_when_an_upload_was_rejected()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Response(404), _ => ScriptedServer.Success(1));

        DeliveryReport report = await Destination(server, options => options.MaxBatchRecords = 1).SendAsync([Event, Event]);

        Assert.That(report.ToString(), Is.EqualTo("2 Undelivered"));
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Reported_lost_response_is_final_and_later_events_of_the_user_are_delivered()
    {
        using var server = new ScriptedServer(
            _ => throw new HttpRequestException(HttpRequestError.ResponseEnded),
            _ => ScriptedServer.Success(1)
        );
        TrackEvent other = new() { UserId = "other", Event = "e" };

        DeliveryReport report = await Destination(
                server,
                options => (options.MaxBatchRecords, options.MaxInFlight, options.LostResponses) = (1, 1, LostResponsePolicy.Report)
            )
            .SendAsync([Event, other, Event]);

        Assert.That(
            report.Select(outcome => outcome.UndeliveredReason),
            Is.EqualTo(new UndeliveredReason?[] { UndeliveredReason.NoResponse, null, null })
        );
        Assert.That(server.Requests, Is.EqualTo(3));
    }

    [Test]
    public async Task SendAsync_sends_nothing_after_the_deadline()
    {
        using var server = new ScriptedServer(_ =>
        {
            clock.Advance(TimeSpan.FromSeconds(6));
            return ScriptedServer.Success(1);
        });

        DeliveryReport report = await Destination(
                server,
                options => (options.MaxBatchRecords, options.Deadline) = (1, TimeSpan.FromSeconds(10))
            )
            .SendAsync([Event, Event, Event]);

        Assert.That(
            report.Select(outcome => outcome.UndeliveredReason),
            Is.EqualTo(new UndeliveredReason?[] { null, null, UndeliveredReason.Deadline })
        );
    }

    [TestCase(typeof(TimeoutException))]
    [TestCase(typeof(InvalidOperationException))]
    [TestCase(typeof(IOException))]
    [TestCase(typeof(TaskCanceledException))]
    public async Task SendAsync_returns_an_outcome_when_an_HTTP_handler_of_the_host_throws(Type exception)
    {
        using var server = new ScriptedServer(_ => throw (Exception)Activator.CreateInstance(exception, "s3cr3t")!);

        DeliveryReport report = await Destination(server, options => options.LostResponses = LostResponsePolicy.Report).SendAsync([Event]);

        Assert.That(
            (report[0].UndeliveredReason, report[0].Message),
            Is.EqualTo((UndeliveredReason.NoResponse, $"No response from CleverTap: {exception.Name}"))
        );
    }

    [Test]
    public async Task Response_is_unreadable_when_a_rejection_names_no_record()
    {
        using var server = new ScriptedServer(_ =>
            ScriptedServer.Response(200, body: """{"status":"partial","processed":1,"unprocessed":[{"code":513,"error":"No"}]}""")
        );

        DeliveryReport report = await Destination(server, options => options.LostResponses = LostResponsePolicy.Report)
            .SendAsync([Event, Event]);

        Assert.That(report.Select(outcome => outcome.UndeliveredReason), Is.All.EqualTo(UndeliveredReason.Unreadable));
    }

    [Test]
    public async Task SendAsync_stops_reading_a_stream_when_it_is_cancelled()
    {
        using var server = new ScriptedServer(async cancelled =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
            return await ScriptedServer.Success(1);
        });
        using var cancel = new CancellationTokenSource();
        Channel<RudderEvent> channel = Channel.CreateUnbounded<RudderEvent>();
        channel.Writer.TryWrite(Event);
        List<EventOutcome> outcomes = [];
        Task reading = ReadAsync();

        await cancel.CancelAsync();
        await reading;

        Assert.That(outcomes.Select(outcome => outcome.UndeliveredReason), Is.All.EqualTo(UndeliveredReason.Cancelled));
        Assert.That(outcomes.Count + channel.Reader.Count, Is.EqualTo(1), "what was read has its outcome, the rest was not read");

        async Task ReadAsync()
        {
            await foreach (EventOutcome outcome in Destination(server).SendAsync(channel.Reader.ReadAllAsync(), cancel.Token))
            {
                outcomes.Add(outcome);
            }
        }
    }

    [Test]
    public async Task SendAsync_delivers_the_events_read_before_a_stream_throws()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Success(1));
        List<EventOutcome> outcomes = [];

        Assert.That(
            async () =>
            {
                await foreach (EventOutcome outcome in Destination(server, options => options.MaxBatchRecords = 1).SendAsync(Broken()))
                {
                    outcomes.Add(outcome);
                }
            },
            Throws.TypeOf<IOException>()
        );
        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.EqualTo(Enumerable.Repeat(OutcomeKind.Delivered, 4)));

        static async IAsyncEnumerable<RudderEvent> Broken()
        {
            for (int i = 0; i < 4; i++)
            {
                await Task.Yield();
                yield return Event;
            }

            throw new IOException();
        }
    }

    [Test]
    public async Task Response_larger_than_the_limit_is_not_read()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Response(200, body: new string(' ', 2000)));

        DeliveryReport report = await Destination(server, options => (options.MaxResponseBytes, options.MaxAttempts) = (1000, 1))
            .SendAsync([Event]);

        Assert.That(
            (report[0].UndeliveredReason, report[0].Message),
            Is.EqualTo((UndeliveredReason.Unreadable, "CleverTap's response is larger than 1000 bytes"))
        );
    }

    [TestCase("""{"status":"success","processed":0,"unprocessed":[]}""")]
    [TestCase("""{"status":"partial","processed":0,"unprocessed":[]}""")]
    [TestCase("not json")]
    [TestCase("")]
    public async Task Inconsistent_response_never_makes_an_event_delivered(string body)
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Response(200, body: body));

        DeliveryReport report = await Destination(server, options => options.LostResponses = LostResponsePolicy.Report).SendAsync([Event]);

        Assert.That(report[0].UndeliveredReason, Is.EqualTo(UndeliveredReason.Unreadable));
    }

    private static TrackEvent Event => new() { UserId = "u", Event = "e" };

    private CleverTapDestination Destination(ScriptedServer server, Action<CleverTapOptions>? configure = null)
    {
        var options = new CleverTapOptions { AccountId = "acc", Passcode = "p" };
        configure?.Invoke(options);
        var http = new HttpClient(server, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var monitor = new DeliveryMonitor("", new CleverTapMetrics(new TestMeters()), new AccountHealth(), NullLogger.Instance, clock);
        return new CleverTapDestination(() => new CleverTapClient(http, options, clock), options, monitor, clock, random: () => 0);
    }
}
