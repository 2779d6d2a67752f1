using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Hosting;

namespace KafkaWorker;

/// <summary>
/// Runs two workers of one group against brokers and an emulator in this process: one joins late, the other leaves early.
/// </summary>
internal static class DemoCommand
{
    private const string Topic = "rudder-events";
    private const string DeadLetters = Topic + ".dead-letters";
    private const string Group = "clevertap";
    private const int Partitions = 6;
    private const int Events = 30_000;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        using var kafka = new MockCluster(brokers: 3);
        kafka.CreateTopic(Topic, Partitions);
        kafka.CreateTopic(DeadLetters, 1);
        kafka.SetRebalanceDelay(TimeSpan.FromMilliseconds(200));
        Console.WriteLine($"Kafka mock cluster of {kafka.Brokers} brokers at {kafka.Bootstrap}");

        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions
            {
                Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(300), ServerError = 0.05 },
            },
            timeout.Token
        );
        Console.WriteLine($"CleverTap emulator at {cleverTap.Endpoint}, with 300 ms latency and 5 % errors");

        DemoEvents.Write(kafka.Bootstrap, Topic, Events);
        DemoEvents.Write(kafka.Bootstrap, Topic, CreateUnusualMessages());
        Console.WriteLine(
            $"{Events:N0} events of {DemoEvents.Users} users and {CreateUnusualMessages().Count()} unusual messages "
                + $"written to '{Topic}', {Partitions} partitions"
        );

        using var topic = new TopicView(kafka.Bootstrap, Group);
        var settings = new Settings
        {
            Bootstrap = kafka.Bootstrap,
            Topic = Topic,
            Group = Group,
            AccountId = cleverTap.AccountId,
            Passcode = cleverTap.Passcode,
            Endpoint = cleverTap.Endpoint,
            MaxInFlight = 2,

            // A rebalance of the mock cluster takes the session timeout less one second.
            Client = new Dictionary<string, string> { ["session.timeout.ms"] = "2000", ["heartbeat.interval.ms"] = "200" },
        };
        try
        {
            await RunAsync(settings, cleverTap, () => IsFullyCommitted(topic), timeout.Token);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("The demo did not complete in time.");
            return ExitCode.Unfinished;
        }

        DemoReport.Print(cleverTap, topic.ReadMessages(DeadLetters, 1), Events);
        return ExitCode.Done;
    }

    private static async Task RunAsync(
        Settings settings,
        CleverTapEmulator cleverTap,
        Func<bool> isComplete,
        CancellationToken cancellationToken
    )
    {
        OutcomeCounts[] counts = [new OutcomeCounts(), new OutcomeCounts()];
        using IHost first = WorkerHost.Create(settings, counts[0]).Build();
        using IHost second = WorkerHost.Create(settings, counts[1]).Build();
        await first.StartAsync(cancellationToken);
        Console.WriteLine("Worker 1 starts");
        await WaitUntilAsync(() => cleverTap.EventCount >= Events / 6, cancellationToken);
        await second.StartAsync(cancellationToken);
        Console.WriteLine($"Worker 2 joins at {cleverTap.EventCount:N0} stored events");

        // The mock cluster rejects commits during a rebalance: events that are handed over then are delivered twice.
        await WaitUntilAsync(() => counts[1].Total > 0, cancellationToken);
        Console.WriteLine($"Worker 1 leaves at {cleverTap.EventCount:N0} stored events");
        await first.StopAsync(cancellationToken);
        await WaitUntilAsync(isComplete, cancellationToken);
        await second.StopAsync(cancellationToken);
        for (int worker = 0; worker < counts.Length; worker++)
        {
            Console.WriteLine($"Worker {worker + 1}: {counts[worker]}");
        }
    }

    /// <summary>Creates messages that CleverTap does not store as events.</summary>
    private static IEnumerable<(string? Key, string? Value)> CreateUnusualMessages() =>
        [
            ("user-1", DemoEvents.Track("user-1", "App Launched", Events)),
            ("user-2", """{"type":"track","userId":"user-2"}"""),
            ("user-3", "this is not JSON"),
            ("user-4", null),
        ];

    private static bool IsFullyCommitted(TopicView topic) =>
        topic.GetCommittedOffsets(Topic, Partitions).SequenceEqual(topic.GetEndOffsets(Topic, Partitions));

    private static async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }
}
