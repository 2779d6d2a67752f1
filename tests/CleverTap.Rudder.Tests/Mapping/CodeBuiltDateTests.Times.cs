namespace CleverTap.Rudder.Tests.Mapping;

/// <content>Checks .NET dates that are times of an event.</content>
public sealed partial class CodeBuiltDateTests
{
    [Test]
    public void Explicit_ts_that_is_a_DotNet_date_is_the_time_of_the_event()
    {
        IdentifyEvent identify = Identify(Bag(("ts", Utc)));
        TrackEvent track = Track(Bag(("ts", InIndia(Utc))));

        Assert.That(Record(identify).GetProperty("ts").GetInt64(), Is.EqualTo(1709287200));
        Assert.That(Record(track).GetProperty("ts").GetInt64(), Is.EqualTo(1709287200));
    }

    [Test]
    public void Warehouse_timestamp_that_is_a_DotNet_date_is_the_time_of_the_event()
    {
        var track = new TrackEvent
        {
            UserId = "u1",
            Event = "Seen",
            Channel = "sources",
            Timestamp = DateTimeOffset.UnixEpoch.AddYears(50),
            Properties = new Dictionary<string, object?> { ["timestamp"] = Utc },
        };

        Assert.That(Record(track).GetProperty("ts").GetInt64(), Is.EqualTo(1709287200));
    }

    [Test]
    public void Times_of_an_event_built_in_code_have_the_same_effect_as_in_JSON()
    {
        var receivedAt = new DateTimeOffset(Utc);
        var track = new TrackEvent
        {
            UserId = "u1",
            Event = "Seen",
            OriginalTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(10),
            SentAt = DateTimeOffset.UnixEpoch.AddSeconds(40),
            ReceivedAt = receivedAt,
        };

        foreach ((string name, Func<RudderEvent, RudderEvent> keep) in Ways)
        {
            RudderEvent kept = keep(track);
            Assert.That((kept.SentAt, kept.ReceivedAt), Is.EqualTo((track.SentAt, track.ReceivedAt)), name);
            Assert.That(Record(kept).GetProperty("ts").GetInt64(), Is.EqualTo(receivedAt.ToUnixTimeSeconds() - 30), name);
        }
    }
}
