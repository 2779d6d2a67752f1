using System.Globalization;
using System.Text.Json.Nodes;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Delivery over real sockets to a server with every kind of fault.</summary>
public sealed class FaultyServerTests
{
    private const int Users = 97;

    [Test]
    public async Task SendAsync_delivers_twenty_thousand_events_when_the_server_fails_three_times_in_ten()
    {
        const int Count = 20_000;
        const int Cap = 4;
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions
            {
                Faults = new CleverTapFaults
                {
                    Seed = 7,
                    TooManyRequests = 0.10,
                    ServerError = 0.10,
                    DroppedBefore = 0.05,
                    LostResponse = 0.03,
                    Unavailable = 0.02,
                    RetryAfter = TimeSpan.Zero,
                },
                MaxStoredEvents = 1_000_000,
                MaxStoredRequests = 1_000_000,
            }
        );
        RudderEvent[] events = [.. Enumerable.Range(0, Count).Select(Event)];

        DeliveryReport report = await Destination(
                cleverTap,
                options => (options.MaxInFlight, options.MaxBatchRecords, options.MaxAttempts) = (Cap, 50, 100)
            )
            .SendAsync(events);

        HashSet<long> lost =
        [
            .. cleverTap.Requests.Where(request => request.Fault == CleverTapFault.LostResponse).Select(request => request.Number),
        ];
        ILookup<int, StoredEvent> stored = cleverTap.Events.ToLookup(e => int.Parse(e.Name, CultureInfo.InvariantCulture));
        await TestContext.Out.WriteLineAsync(
            $"{cleverTap.RequestCount} requests for {Count} events, "
                + $"{cleverTap.Requests.Count(request => request.Fault != CleverTapFault.None)} of them faulty; "
                + $"{cleverTap.EventCount - Count} duplicates from {lost.Count} lost responses; "
                + $"at most {cleverTap.PeakInFlight} in flight"
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.ToString(), Is.EqualTo($"{Count} Delivered"));
            Assert.That(stored, Has.Count.EqualTo(Count), "every event is stored at least once");
            Assert.That(
                stored.Where(copies => copies.SkipLast(1).Any(copy => !lost.Contains(copy.RequestNumber))),
                Is.Empty,
                "an event is stored again only where the response before was lost"
            );
            Assert.That(lost, Is.Not.Empty);
            Assert.That(cleverTap.PeakInFlight, Is.LessThanOrEqualTo(Cap));
            Assert.That(
                Enumerable.Range(0, Users).Where(user => !InOrder(cleverTap.EventsOf($"u{user}"))),
                Is.Empty,
                "a user's events are first stored in their order"
            );
        }
    }

    [Test]
    public async Task Partly_rejected_upload_rejects_only_the_named_records_and_sends_nothing_twice()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        RudderEvent[] events =
        [
            .. Enumerable.Range(0, 1000).Select(i => i % 100 == 42 ? new TrackEvent { UserId = "u", Event = "App Launched" } : Event(i)),
        ];

        DeliveryReport report = await Destination(cleverTap).SendAsync(events);

        Assert.That(report.ToString(), Is.EqualTo("990 Delivered, 10 Rejected"));
        Assert.That(report.Rejected.Select(outcome => (outcome.Index % 100, outcome.Code)), Is.All.EqualTo((42, 513)));
        Assert.That((cleverTap.RequestCount, cleverTap.EventCount), Is.EqualTo((1, 990)));
    }

    [Test]
    public async Task One_poison_record_in_a_thousand_does_not_affect_the_others()
    {
        var server = new RandomFaultServer(() => RandomFaultServer.Fault.None);
        RudderEvent[] events =
        [
            .. Enumerable
                .Range(0, 1000)
                .Select(i => new TrackEvent
                {
                    UserId = $"u{i % Users}",
                    Event = i == 617 ? "poison" : "fine",
                    Properties = new JsonObject { ["id"] = $"m{i}" },
                }),
        ];

        DeliveryReport report = await Provider(options => { }, http => http.ConfigurePrimaryHttpMessageHandler(() => server))
            .GetRequiredService<ICleverTapDestination>()
            .SendAsync(events);

        Assert.That(report.ToString(), Is.EqualTo("999 Delivered, 1 Rejected"));
        Assert.That((report[617].Code, report[617].Message), Is.EqualTo((400, "Malformed request")));
        Assert.That(server.Stored, Is.Unique.And.Count.EqualTo(999));
    }

    [Test]
    public async Task Transient_record_errors_are_retried_for_those_records_only()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions
            {
                Faults = new CleverTapFaults { Seed = 3, TransientRecord = 0.2 },
            }
        );

        DeliveryReport report = await Destination(cleverTap, options => options.MaxAttempts = 20)
            .SendAsync([.. Enumerable.Range(0, 300).Select(Event)]);

        Assert.That(report.ToString(), Is.EqualTo("300 Delivered"));
        Assert.That(cleverTap.Events.Select(e => e.Name).ToArray(), Is.Unique.And.Length.EqualTo(300));
    }

    [Test]
    public async Task Lost_response_is_reported_instead_of_resent_when_the_policy_is_Report()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions { Faults = new CleverTapFaults { LostResponse = 1 } }
        );

        DeliveryReport report = await Destination(cleverTap, options => options.LostResponses = LostResponsePolicy.Report)
            .SendAsync([Event(0), Event(1)]);

        Assert.That(report.Undelivered.Select(outcome => outcome.UndeliveredReason), Is.All.EqualTo(UndeliveredReason.NoResponse));
        Assert.That((cleverTap.RequestCount, cleverTap.EventCount), Is.EqualTo((1, 2)));
    }

    internal static ICleverTapDestination Destination(CleverTapEmulator cleverTap, Action<CleverTapOptions>? configure = null) =>
        Provider(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
                configure?.Invoke(options);
            })
            .GetRequiredService<ICleverTapDestination>();

    private static ServiceProvider Provider(Action<CleverTapOptions> configure, Action<IHttpClientBuilder>? http = null)
    {
        var services = new ServiceCollection();
        ICleverTapDestinationBuilder builder = services.AddCleverTapDestination(options =>
        {
            (options.AccountId, options.Passcode) = ("acc", "p");
            (options.RetryBaseDelay, options.RetryMaxDelay, options.MaxRetryAfter) = (
                TimeSpan.FromMilliseconds(1),
                TimeSpan.FromMilliseconds(5),
                TimeSpan.FromMilliseconds(5)
            );
            configure(options);
        });
        http?.Invoke(builder.HttpClientBuilder);
        return services.BuildServiceProvider();
    }

    /// <summary>The events of a user are numbered in ascending order; only the first copy of each counts.</summary>
    private static bool InOrder(IReadOnlyList<StoredEvent> events)
    {
        int[] numbers = [.. events.Select(e => int.Parse(e.Name, CultureInfo.InvariantCulture)).Distinct()];
        return numbers.SequenceEqual(numbers.Order());
    }

    private static TrackEvent Event(int number) =>
        new() { UserId = $"u{number % Users}", Event = number.ToString(CultureInfo.InvariantCulture) };
}
