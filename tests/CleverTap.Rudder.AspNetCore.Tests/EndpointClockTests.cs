using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.AspNetCore;

/// <summary>The time of an event whose device has a wrong clock: <c>receivedAt - (sentAt - originalTimestamp)</c>.</summary>
public sealed class EndpointClockTests
{
    private const string OriginalTimestamp = "2020-01-01T00:00:00.000Z";

    /// <summary>By the device's clock the event was sent 10 seconds after it happened.</summary>
    private const string SentAt = "2020-01-01T00:00:10.000Z";

    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 30, TimeSpan.Zero);

    [TestCase("/rudder", "")]
    [TestCase("/v1/batch", "")]
    [TestCase("/rudder", ",\"receivedAt\":null")]
    public async Task Wrong_device_clock_is_corrected_by_the_sentAt_of_the_batch(string path, string members)
    {
        long? timestamp = await DeliverAsync(path, $$"""{"batch":[{{Event(members)}}],"sentAt":"{{SentAt}}"}""");

        Assert.That(timestamp, Is.EqualTo(Now.ToUnixTimeSeconds() - 10));
    }

    [Test]
    public async Task Time_of_receipt_of_the_event_is_kept()
    {
        long? timestamp = await DeliverAsync("/rudder", Event($",\"sentAt\":\"{SentAt}\",\"receivedAt\":\"2026-05-04T11:00:10Z\""));

        Assert.That(timestamp, Is.EqualTo(new DateTimeOffset(2026, 5, 4, 11, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()));
    }

    [Test]
    public async Task Timestamp_of_the_caller_is_kept()
    {
        string json = Event(",\"timestamp\":\"2026-05-01T00:00:00Z\"");

        long? timestamp = await DeliverAsync("/v1/batch", $$"""{"batch":[{{json}}],"sentAt":"{{SentAt}}"}""");

        Assert.That(timestamp, Is.EqualTo(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()));
    }

    private static string Event(string members) => EndpointHost.Track("u1", $",\"originalTimestamp\":\"{OriginalTimestamp}\"{members}");

    private static async Task<long?> DeliverAsync(string path, string json)
    {
        await using EndpointHost host = await EndpointHost.StartAsync(
            app =>
            {
                app.MapRudderEvents("/rudder");
                app.MapRudderDataPlane("key");
            },
            clock: new FakeTimeProvider(Now)
        );
        await host.PostAsync(path, json, ("Authorization", "Basic a2V5Og=="));
        await host.DeliveredUsersAsync();
        StoredEvent stored = host.CleverTap.Events.Single();
        return stored.Timestamp;
    }
}
