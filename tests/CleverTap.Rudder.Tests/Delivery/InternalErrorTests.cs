using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Errors of the engine itself: they are logged, and the events of the upload get an outcome.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InternalErrorTests
{
    private const string Secret = "s3cr3t-value";

    private readonly FakeLogger logger = new();
    private Exception? failure;

    [Test]
    public async Task SendAsync_completes_when_the_end_of_an_upload_cannot_be_handled()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Response(503), _ => ScriptedServer.Success(1));
        failure = new InvalidOperationException(Secret);
        using CleverTapDestination destination = Create(server, TimeProvider.System);

        DeliveryReport report = await destination.SendAsync([Event("u1"), Event("u2")]).WaitAsync(TimeSpan.FromSeconds(30));
        DeliveryReport next = await destination.SendAsync([Event("u1")]).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(
            report.Select(outcome => outcome.UndeliveredReason),
            Is.EqualTo(new[] { UndeliveredReason.Unreadable, UndeliveredReason.Unreadable })
        );
        Assert.That(next.Single().Kind, Is.EqualTo(OutcomeKind.Delivered), "the engine continues");
        AssertLoggedOnce();
    }

    [Test]
    public async Task SendAsync_completes_when_the_clock_of_the_host_fails_during_an_upload()
    {
        var clock = new FailingClock();
        using var server = new ScriptedServer(_ =>
        {
            clock.Failures = 1;
            return ScriptedServer.Success(1);
        });
        using CleverTapDestination destination = Create(server, clock);

        DeliveryReport report = await destination.SendAsync([Event("u1")]).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(report.Single().UndeliveredReason, Is.EqualTo(UndeliveredReason.Unreadable));
        AssertLoggedOnce();
    }

    private static TrackEvent Event(string user) => new() { UserId = user, Event = "e" };

    private void AssertLoggedOnce()
    {
        FakeLogRecord line = logger.Collector.GetSnapshot().Single(line => line.Id.Id == 9);
        Assert.That(line.Level, Is.EqualTo(LogLevel.Error));
        Assert.That(line.Message, Does.Contain(nameof(InvalidOperationException)).And.Contain(nameof(DeliveryEngine)));
        Assert.That(line.Message, Does.Not.Contain(Secret));
    }

    private CleverTapDestination Create(ScriptedServer server, TimeProvider clock)
    {
        var options = new CleverTapOptions { AccountId = "acc", Passcode = "p" };
        var http = new HttpClient(server, disposeHandler: false);
        var monitor = new DeliveryMonitor("", new CleverTapMetrics(new TestMeters()), new AccountHealth(), logger, clock);
        return new CleverTapDestination(() => new CleverTapClient(http, options), options, monitor, clock, random: Next);
    }

    private double Next() => failure is null ? 0 : throw failure;

    private sealed class FailingClock : TimeProvider
    {
        public int Failures { get; set; }

        public override long GetTimestamp() => Failures-- > 0 ? throw new InvalidOperationException(Secret) : base.GetTimestamp();
    }
}
