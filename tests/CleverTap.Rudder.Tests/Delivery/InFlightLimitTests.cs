namespace CleverTap.Rudder.Tests.Delivery;

public sealed class InFlightLimitTests
{
    [Test]
    public async Task No_more_than_the_cap_are_under_way_and_the_first_to_wait_is_the_first_to_go()
    {
        var limit = new InFlightLimit(2);
        await limit.EnterAsync(default);
        await limit.EnterAsync(default);
        Task third = limit.EnterAsync(default);
        Task fourth = limit.EnterAsync(default);
        Assert.That((third.IsCompleted, limit.InFlight), Is.EqualTo((false, 2)));

        limit.Leave(throttled: false);

        await third;
        Assert.That((fourth.IsCompleted, limit.InFlight), Is.EqualTo((false, 2)));
    }

    [Test]
    public void A_429_halves_the_limit_down_to_one_and_answers_without_one_bring_it_back_up_to_the_cap()
    {
        var limit = new InFlightLimit(8);

        Assert.That(After(limit, throttled: true), Is.EqualTo(4));
        Assert.That(After(limit, throttled: true), Is.EqualTo(2));
        Assert.That(After(limit, throttled: true), Is.EqualTo(1));
        Assert.That(After(limit, throttled: true), Is.EqualTo(1));
        Assert.That(After(limit, throttled: false), Is.EqualTo(2));
        Assert.That(After(limit, throttled: false), Is.EqualTo(2), "a full round of two");
        Assert.That(After(limit, throttled: false), Is.EqualTo(2), "2 + 1/2 + 1/2.5");
        Assert.That(After(limit, throttled: false), Is.EqualTo(3));
        for (int i = 0; i < 100; i++) After(limit, throttled: false);
        Assert.That(limit.Current, Is.EqualTo(8));
    }

    [Test]
    public void Who_has_given_up_already_takes_no_place()
    {
        var limit = new InFlightLimit(1);

        Assert.That(() => limit.EnterAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(limit.InFlight, Is.Zero);
    }

    [Test]
    public async Task Who_gives_up_waiting_takes_nobodys_place()
    {
        var limit = new InFlightLimit(1);
        await limit.EnterAsync(default);
        using var impatient = new CancellationTokenSource();
        Task second = limit.EnterAsync(impatient.Token);
        Task third = limit.EnterAsync(default);

        await impatient.CancelAsync();
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        limit.Leave(throttled: false);
        await third;

        Assert.That(limit.InFlight, Is.EqualTo(1));
    }

    private static int After(InFlightLimit limit, bool throttled)
    {
        limit.EnterAsync(default).GetAwaiter().GetResult();
        limit.Leave(throttled);
        return limit.Current;
    }
}
