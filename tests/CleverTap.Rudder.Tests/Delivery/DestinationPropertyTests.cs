using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>No sequence of server faults loses an event, repeats one without need, or changes the order of a user.</summary>
public sealed class DestinationPropertyTests
{
    private static readonly RandomFaultServer.Fault[] BadMoods =
    [
        .. Enum.GetValues<RandomFaultServer.Fault>().Where(mood => mood != RandomFaultServer.Fault.None),
    ];

    [Test]
    public void Each_event_has_one_outcome_that_matches_the_state_of_the_server() =>
        Gen.Int[0, int.MaxValue].Sample(seed => Run(seed, LostResponsePolicy.Resend), iter: 400);

    [Test]
    public void No_event_is_stored_twice_when_lost_responses_are_reported() =>
        Gen.Int[0, int.MaxValue].Sample(seed => Run(seed, LostResponsePolicy.Report), iter: 400);

    private static bool Run(int seed, LostResponsePolicy lostResponses)
    {
        var random = new Random(seed);
        double badness = random.NextDouble() * 0.7;
        var server = new RandomFaultServer(() =>
            random.NextDouble() < badness ? BadMoods[random.Next(BadMoods.Length)] : RandomFaultServer.Fault.None
        );
        var options = new CleverTapOptions
        {
            AccountId = "acc",
            Passcode = "p",
            LostResponses = lostResponses,
            MaxBatchRecords = random.Next(1, 12),
            MaxBatchBytes = random.Next(100, 2000),
            MaxInFlight = random.Next(1, 6),
            MaxAttempts = random.Next(1, 10),
        };
        RudderEvent[] events = [.. Enumerable.Range(0, random.Next(0, 60)).Select(i => Event(random, i))];
        using var http = new HttpClient(server);
        using var meters = new TestMeters();
        var monitor = new DeliveryMonitor("", new CleverTapMetrics(meters), new AccountHealth(), NullLogger.Instance, TimeProvider.System);
        var destination = new CleverTapDestination(
            () => new CleverTapClient(http, options),
            options,
            monitor,
            TimeProvider.System,
            random: () => 0
        );

        DeliveryReport report = destination.SendAsync(events).GetAwaiter().GetResult();

        Dictionary<string, int> stored = server.Stored.GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
        Check(report.Count == events.Length, "one outcome per event");
        for (int i = 0; i < events.Length; i++)
        {
            EventOutcome outcome = report[i];
            string id = events[i].MessageId!;
            int times = stored.GetValueOrDefault(id);
            Check(outcome.Index == i && outcome.MessageId == id, "the outcome is the event's own");
            Check(outcome.Kind != OutcomeKind.Delivered || times >= 1, "what is Delivered is stored");
            Check(
                outcome.Kind is not (OutcomeKind.Rejected or OutcomeKind.Invalid or OutcomeKind.Filtered)
                    || times == 0
                    || server.Lost.Contains(id),
                "what is rejected is not stored"
            );
            Check(
                outcome.Kind != OutcomeKind.Undelivered || times == 0 || server.Lost.Contains(id),
                "what is Undelivered is stored only where its response was lost"
            );
            Check(
                times <= 1 || (lostResponses == LostResponsePolicy.Resend && server.Lost.Contains(id)),
                "nothing is stored twice unless its response was lost"
            );
        }

        Check(server.MostInFlight <= options.MaxInFlight, "the cap of uploads under way holds");
        foreach (IGrouping<string?, RudderEvent> user in events.Where(e => ((TrackEvent)e).Event != "shaky").GroupBy(e => e.UserId))
        {
            string[] sent = [.. user.Select(e => e.MessageId!)];
            string[] arrived = [.. server.Stored.Distinct().Where(sent.Contains)];
            Check(arrived.SequenceEqual(sent.Where(arrived.Contains)), "a user's events are first stored in their order");
        }

        return true;
    }

    private static TrackEvent Event(Random random, int i) =>
        new()
        {
            MessageId = $"m{i}",
            UserId = $"u{random.Next(8)}",
            Event = random.Next(20) switch
            {
                0 => "rejected",
                1 => "poison",
                2 => "shaky",
                3 => null,
                _ => "fine",
            },
            Properties = new JsonObject { ["id"] = $"m{i}" },
        };

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Broken: {what}");
        }
    }
}
