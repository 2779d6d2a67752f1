using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CleverTap.Rudder.Testing;
using KafkaWorker;

namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>The KafkaWorker sample as a process.</summary>
[Category("Slow")]
public sealed class WorkerProcessTests
{
    private const int Events = 50_000;
    private const int Rejected = 10;
    private const int Partitions = 8;

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no SIGTERM")]
    public async Task Workers_deliver_everything_in_order_when_one_is_killed_and_another_joins()
    {
        await using KafkaSession session = await KafkaSession.StartAsync(Partitions);
        session.Write(
            Enumerable
                .Range(0, Events)
                .Select(number =>
                    (
                        (string?)User(number),
                        (string?)
                            DemoEvents.Track(User(number), number % (Events / Rejected) == 0 ? "App Launched" : "Product Viewed", number)
                    )
                )
        );
        int[][] numbersByPartition = session.ReadNumbers();
        Assert.That(numbersByPartition.Sum(partition => partition.Length), Is.EqualTo(Events), "the mock cluster keeps all events");
        session.CleverTap.Faults = new CleverTapFaults { Latency = TimeSpan.FromMilliseconds(400) };
        string settings = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid()}.properties");
        await File.WriteAllTextAsync(
            settings,
            "# The mock's rebalances last a second less than the session timeout\n"
                + $"session.timeout.ms = {session.Brokers.SessionTimeout.TotalMilliseconds + 1000}\nheartbeat.interval.ms = 300\n"
        );
        int samples = 0;
        var duration = Stopwatch.StartNew();

        using WorkerProcess first = Start();
        using WorkerProcess second = Start();
        await SampleUntil(() => session.View.GetCommittedOffsets(session.Topic, Partitions).Sum() >= Events / 3, "a third is committed");
        first.Kill();
        long atKill = session.CleverTap.EventCount;
        using WorkerProcess third = Start();
        await SampleUntil(() => session.IsFullyCommitted, "everything is committed");
        duration.Stop();

        second.Terminate();
        third.Terminate();
        (int ExitCode, string Output, string Error)[] ends = [await second.ExitAsync(), await third.ExitAsync()];
        File.Delete(settings);

        int distinct = session.CleverTap.Events.Select(DemoReport.GetNumber).Distinct().Count();
        await TestContext.Out.WriteLineAsync(
            $"{distinct} stored, {session.CleverTap.EventCount - distinct} twice, {session.Letters.Count} dead letters, "
                + $"killed at {atKill}, {samples} samples, {duration.Elapsed.TotalSeconds:N1} s"
        );
        foreach ((_, string output, _) in ends)
        {
            await TestContext.Out.WriteLineAsync(output.TrimEnd().Split('\n')[^1]);
        }

        Assert.That(distinct, Is.EqualTo(Events - Rejected));
        Assert.That(DemoReport.IsInOrder(session.CleverTap.Events));
        Assert.That(
            session
                .Letters.Select(letter => DemoReport.GetHeader(letter, "offset") + "/" + DemoReport.GetHeader(letter, "partition"))
                .Distinct()
                .Count(),
            Is.EqualTo(Rejected)
        );
        Assert.That(ends.Select(end => end.ExitCode), Is.All.Zero);
        Assert.That(ends[1].Output, Does.Match("Stopped: [0-9,]{4,} delivered"), "the third worker shared the load");

        WorkerProcess Start() =>
            WorkerProcess.Start(
                "--bootstrap",
                session.Brokers.Bootstrap,
                "--topic",
                session.Topic,
                "--group",
                session.Group,
                "--endpoint",
                session.CleverTap.Endpoint.AbsoluteUri,
                "--account-id",
                session.CleverTap.AccountId,
                "--passcode",
                session.CleverTap.Passcode,
                "--max-in-flight",
                "2",
                "--client-file",
                settings
            );

        Task SampleUntil(Func<bool> condition, string description) =>
            Polling.WaitUntilAsync(
                () =>
                {
                    Assert.That(session.FindCommittedWithoutOutcome(numbersByPartition), Is.Empty, "committed ahead of outcomes");
                    samples++;
                    return condition();
                },
                description,
                intervalMilliseconds: 200
            );

        static string User(int number) => $"user-{number % DemoEvents.Users}";
    }

    [Test]
    public async Task Demo_runs_without_services_and_reports_its_result()
    {
        using WorkerProcess demo = WorkerProcess.Start("--demo");

        (int exitCode, string output, string error) = await demo.ExitAsync();

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(
            output,
            Does.Contain("Stored at CleverTap: 30,000 of 30,000 events")
                .And.Contain("users: yes")
                .And.Contain("Dead letters: 4, ")
                .And.Contain("Rejected 513")
        );
    }

    [Test]
    public async Task Refused_credentials_end_the_worker_with_one_sentence_without_the_passcode()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        using WorkerProcess worker = WorkerProcess.Start(
            "--bootstrap",
            "127.0.0.1:1",
            "--topic",
            "events",
            "--endpoint",
            cleverTap.Endpoint.AbsoluteUri,
            "--account-id",
            cleverTap.AccountId,
            "--passcode",
            "secret-and-wrong"
        );

        (int exitCode, _, string error) = await worker.ExitAsync();

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain("CleverTap refuses the account id or passcode").And.Not.Contain("secret-and-wrong"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no SIGTERM")]
    public async Task Probes_return_the_data_of_the_health_check()
    {
        await using KafkaSession session = await KafkaSession.StartAsync();
        int port = FreePort();
        using WorkerProcess worker = WorkerProcess.Start(
            "--bootstrap",
            session.Brokers.Bootstrap,
            "--topic",
            session.Topic,
            "--group",
            session.Group,
            "--endpoint",
            session.CleverTap.Endpoint.AbsoluteUri,
            "--account-id",
            session.CleverTap.AccountId,
            "--passcode",
            session.CleverTap.Passcode,
            "--health-port",
            $"{port}"
        );
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        string ready = "";
        await Polling.WaitUntilAsync(
            () => TryGet(client, "/readyz", out ready) && ready.Contains("\"brokers\"", StringComparison.Ordinal),
            "ready",
            200
        );

        Assert.That(TryGet(client, "/healthz", out _));
        Assert.That(
            ready,
            Does.Contain("\"status\":\"Healthy\"").And.Contain("\"consumerLag\":0").And.Contain("\"brokers\":\"Reachable\"")
        );
        worker.Terminate();
        Assert.That((await worker.ExitAsync()).ExitCode, Is.Zero);
    }

    [TestCase("--bootstrap")]
    [TestCase("--topic", "--bootstrap", "localhost:9092")]
    [TestCase("--account-id", "--bootstrap", "localhost:9092", "--topic", "events")]
    [TestCase("--passcode", "--bootstrap", "localhost:9092", "--topic", "events", "--account-id", "a")]
    [TestCase(
        "MaxInFlight",
        "--bootstrap",
        "localhost:9092",
        "--topic",
        "events",
        "--account-id",
        "a",
        "--passcode",
        "secret",
        "--max-in-flight",
        "16"
    )]
    [TestCase("the topic may hold", "--bootstrap", "localhost:9092", "--topic", "an event", "--account-id", "a", "--passcode", "secret")]
    [TestCase(
        "--client-file",
        "--bootstrap",
        "localhost:9092",
        "--topic",
        "events",
        "--account-id",
        "a",
        "--passcode",
        "secret",
        "--client-file",
        "no-such-file"
    )]
    [TestCase("--unknown", "--unknown")]
    public async Task Wrong_usage_prints_one_sentence(string hint, params string[] arguments)
    {
        using WorkerProcess worker = WorkerProcess.Start(arguments);

        (int exitCode, string output, string error) = await worker.ExitAsync();

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
        Assert.That(error.TrimEnd(), Does.Contain(hint).And.Not.Contain("\n").And.Not.Contain("secret"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool TryGet(HttpClient client, string path, out string body)
    {
        try
        {
            body = client.GetStringAsync(path).GetAwaiter().GetResult();
            return true;
        }
        catch (HttpRequestException)
        {
            body = "";
            return false;
        }
    }
}
