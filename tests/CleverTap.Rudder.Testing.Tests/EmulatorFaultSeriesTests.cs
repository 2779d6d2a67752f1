using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorFaultSeriesTests
{
    private static readonly CleverTapFaults Mixed = new()
    {
        Seed = 1,
        TooManyRequests = 0.10,
        ServerError = 0.10,
        Unavailable = 0.02,
        DroppedBefore = 0.05,
        LostResponse = 0.03,
        MalformedResponse = 0.01,
    };

    [Test]
    public void Each_fault_has_its_share_of_the_requests()
    {
        CleverTapFault[] faults = Draw(Mixed, 100_000);
        Assert.That(ShareOf(CleverTapFault.TooManyRequests), Is.EqualTo(0.10).Within(0.01));
        Assert.That(ShareOf(CleverTapFault.ServerError), Is.EqualTo(0.10).Within(0.01));
        Assert.That(ShareOf(CleverTapFault.Unavailable), Is.EqualTo(0.02).Within(0.005));
        Assert.That(ShareOf(CleverTapFault.DroppedBefore), Is.EqualTo(0.05).Within(0.005));
        Assert.That(ShareOf(CleverTapFault.LostResponse), Is.EqualTo(0.03).Within(0.005));
        Assert.That(ShareOf(CleverTapFault.MalformedResponse), Is.EqualTo(0.01).Within(0.005));
        Assert.That(ShareOf(CleverTapFault.None), Is.EqualTo(0.69).Within(0.01));

        double ShareOf(CleverTapFault fault) => faults.Count(drawn => drawn == fault) / 100_000.0;
    }

    [Test]
    public void The_seed_decides_which_requests_fail()
    {
        CleverTapFault[] first = Draw(Mixed, 1000);
        Assert.That(Draw(Mixed, 1000), Is.EqualTo(first));
        Assert.That(first, Is.Not.EqualTo(Draw(Mixed with { Seed = 2 }, 1000)));
        Assert.That(Draw(Mixed with { Seed = -1 }, 1000), Does.Contain(CleverTapFault.ServerError));
    }

    [Test]
    public void A_larger_share_keeps_the_faults_of_a_smaller_one()
    {
        CleverTapFault[] few = Draw(new CleverTapFaults { ServerError = 0.1 }, 1000);
        CleverTapFault[] more = Draw(new CleverTapFaults { ServerError = 0.2 }, 1000);
        Assert.That(
            few.Zip(more).Where(pair => pair.First == CleverTapFault.ServerError).Select(pair => pair.Second),
            Is.All.EqualTo(CleverTapFault.ServerError)
        );
    }

    [TestCase(0, 0)]
    [TestCase(0.1, 100)]
    [TestCase(1, 1000)]
    public void A_share_of_the_records_fails(double share, int count)
    {
        FaultPlan plan = new FaultSeries(new CleverTapFaults { TransientRecord = share }).Next();
        Assert.That(Enumerable.Range(1, 1000).Count(plan.FailsRecord), Is.EqualTo(count).Within(count == 100 ? 30 : 0));
        Assert.That(plan.Fault, Is.EqualTo(CleverTapFault.None));
    }

    [Test]
    public async Task Faults_can_be_changed_while_the_emulator_runs()
    {
        await using EmulatorSession session = EmulatorSession.WithoutSockets(
            new CleverTapEmulatorOptions { Faults = new CleverTapFaults { ServerError = 1 } }
        );
        Assert.That(await StatusAsync(session), Is.EqualTo(500));
        session.Emulator.Faults = CleverTapFaults.None;
        Assert.That(await StatusAsync(session), Is.EqualTo(200));
        session.Emulator.Faults = session.Emulator.Faults with { TooManyRequests = 1 };
        Assert.That(await StatusAsync(session), Is.EqualTo(429));
    }

    [Test]
    public async Task Clear_begins_the_series_again()
    {
        await using EmulatorSession session = EmulatorSession.WithoutSockets(
            new CleverTapEmulatorOptions
            {
                Faults = new CleverTapFaults { Seed = 5, ServerError = 0.5 },
            }
        );
        int[] first = await StatusesAsync();
        session.Emulator.Clear();
        Assert.That(await StatusesAsync(), Is.EqualTo(first));
        Assert.That(session.Emulator.Requests[^1].Number, Is.EqualTo(30));

        async Task<int[]> StatusesAsync()
        {
            var statuses = new int[30];
            for (int i = 0; i < statuses.Length; i++)
            {
                statuses[i] = await StatusAsync(session);
            }

            return statuses;
        }
    }

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void A_share_is_from_0_to_1(double share)
    {
        Assert.That(() => new CleverTapFaults { ServerError = share }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new CleverTapFaults { TransientRecord = share }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Invalid_values_throw()
    {
        var tooMany = new CleverTapFaults { ServerError = 0.6, LostResponse = 0.6 };
        CleverTapEmulator emulator = CleverTapEmulator.Create();
        Assert.That(() => emulator.Faults = tooMany, Throws.ArgumentException.With.Message.Contains("1.2"));
        Assert.That(() => new CleverTapEmulatorOptions { Faults = tooMany }, Throws.ArgumentException);
        Assert.That(() => emulator.Faults = null!, Throws.ArgumentNullException);
        Assert.That(() => new CleverTapFaults { Latency = TimeSpan.FromTicks(-1) }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new CleverTapFaults { RetryAfter = TimeSpan.MaxValue }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () =>
                new CleverTapFaults
                {
                    ServerError = 0.7,
                    LostResponse = 0.1,
                    DroppedBefore = 0.2,
                },
            Throws.Nothing
        );
        Assert.That(
            () =>
                emulator.Faults = new CleverTapFaults
                {
                    ServerError = 0.7,
                    LostResponse = 0.1,
                    DroppedBefore = 0.2,
                },
            Throws.Nothing
        );
    }

    private static CleverTapFault[] Draw(CleverTapFaults faults, int count)
    {
        var series = new FaultSeries(faults);
        return Enumerable.Range(0, count).Select(_ => series.Next().Fault).ToArray();
    }

    private static async Task<int> StatusAsync(EmulatorSession session)
    {
        using HttpResponseMessage response = await session.SendAsync("v1/connect?partner=x", body: null, "GET");
        return (int)response.StatusCode;
    }
}
