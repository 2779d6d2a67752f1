namespace CleverTap.Rudder.Tests.Delivery;

public sealed class LanesTests
{
    [Test]
    public void One_lane_takes_everything() => Assert.That(Deal([Event("a"), Event("b")], 1), Is.EqualTo(new[] { 0, 0 }));

    [Test]
    public void Users_are_dealt_to_the_lane_that_has_least_to_do() =>
        Assert.That(Deal([Event("a"), Event("a"), Event("b"), Event("c"), Event("d"), Event("a")], 2), Is.EqualTo(new[] { 0, 0, 1, 1, 1, 0 }));

    [Test]
    public void A_user_who_was_anonymous_before_stays_in_one_lane()
    {
        RudderEvent[] events = [Event(null, "device"), Event("x"), Event("u", "device"), Event("u"), new AliasEvent { UserId = "new", PreviousId = "u" }, Event("new"), Event("y")];

        int[] lanes = Deal(events, 3);

        Assert.That(new[] { lanes[2], lanes[3], lanes[4], lanes[5] }, Is.All.EqualTo(lanes[0]));
        Assert.That(lanes[1], Is.Not.EqualTo(lanes[0]));
        Assert.That(lanes[6], Is.Not.EqualTo(lanes[0]));
    }

    [Test]
    public void An_id_is_the_same_however_it_is_spelt()
    {
        RudderEvent[] events = [RudderEvent.Parse("""{"type":"track","userId":42,"event":"e"}"""), RudderEvent.Parse("""{"type":"track","userId":"\u0034\u0032","event":"e"}"""), RudderEvent.Parse("""{"type":"track","context":{"traits":{"id":"42"}},"event":"e"}""")];

        Assert.That(Deal(events, 3), Is.All.EqualTo(0));
    }

    [Test]
    public void Events_of_nobody_are_each_on_their_own() => Assert.That(Deal([Event(null), null!, Event("")], 3), Is.EqualTo(new[] { 0, 1, 2 }));

    private static int[] Deal(IReadOnlyList<RudderEvent> events, int count) => Lanes.Deal(Lanes.People(events), count);

    private static TrackEvent Event(string? userId, string? anonymousId = null) => new() { UserId = userId, AnonymousId = anonymousId, Event = "e" };
}
