using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Waits and deadlines, by a clock that the test turns.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeliveryTimeTests
{
    private readonly TestClock clock = new();

    [Test]
    public async Task What_CleverTap_asks_to_wait_is_waited()
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
    public async Task A_date_to_wait_for_is_waited_for()
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
    public async Task A_wait_that_would_end_behind_the_deadline_is_not_begun()
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
    public async Task A_call_that_takes_too_long_is_given_up_and_counts_as_a_lost_response()
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
    public async Task Cancelling_in_a_wait_leaves_the_rest_undelivered_at_once()
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
    public async Task The_tries_are_counted()
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
    public async Task What_comes_behind_an_upload_that_failed_for_good_does_not_overtake_it()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Response(404), _ => ScriptedServer.Success(1));

        DeliveryReport report = await Destination(server, options => options.MaxBatchRecords = 1).SendAsync([Event, Event]);

        Assert.That(report.ToString(), Is.EqualTo("2 Undelivered"));
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task A_lost_response_that_is_reported_is_final_and_the_users_later_events_go_on()
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
    public async Task Nothing_is_sent_behind_the_deadline()
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
    public async Task Whatever_a_handler_of_the_host_throws_is_an_outcome(Type exception)
    {
        using var server = new ScriptedServer(_ => throw (Exception)Activator.CreateInstance(exception, "s3cr3t")!);

        DeliveryReport report = await Destination(server, options => options.LostResponses = LostResponsePolicy.Report).SendAsync([Event]);

        Assert.That(
            (report[0].UndeliveredReason, report[0].Message),
            Is.EqualTo((UndeliveredReason.NoResponse, $"No response from CleverTap: {exception.Name}"))
        );
    }

    [Test]
    public async Task A_rejection_of_nobody_knows_which_record_is_no_verdict_on_any()
    {
        using var server = new ScriptedServer(_ =>
            ScriptedServer.Response(200, body: """{"status":"partial","processed":1,"unprocessed":[{"code":513,"error":"No"}]}""")
        );

        DeliveryReport report = await Destination(server, options => options.LostResponses = LostResponsePolicy.Report)
            .SendAsync([Event, Event]);

        Assert.That(report.Select(outcome => outcome.UndeliveredReason), Is.All.EqualTo(UndeliveredReason.Unreadable));
    }

    [Test]
    public async Task A_cancelled_stream_is_read_no_further()
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
    public async Task A_stream_that_breaks_takes_nothing_with_it_that_was_read_before()
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
    public async Task An_response_larger_than_the_cap_is_not_read()
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
    public async Task An_response_that_lies_or_makes_no_sense_never_makes_an_event_delivered(string body)
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
