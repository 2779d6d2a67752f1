using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>An event without a time gets its time of arrival, however long it waits.</summary>
public sealed class ArrivalTimeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private FakeTimeProvider clock = null!;
    private string folder = null!;
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task Start()
    {
        clock = new FakeTimeProvider(Noon);
        folder = Directory.CreateTempSubdirectory("arrival-").FullName;
        cleverTap = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await cleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [TestCase("""{"type":"track","event":"e"}""")]
    [TestCase("""{"type":"track","event":"e","timestamp":null,"originalTimestamp":""}""")]
    [TestCase("""{"type":"identify","properties":{"ts":1}}""")]
    [TestCase("""{"type":"track","event":"e","properties":{"timestamp":1},"traits":{"ts":1}}""")]
    public void Event_without_a_time_gets_its_time_of_arrival(string json) =>
        Assert.That(ArrivalTime.AddIfMissing(RudderEvent.Parse(json), Noon).Timestamp, Is.EqualTo(Noon));

    [TestCase("""{"type":"track","event":"e","receivedAt":"2026-01-01T00:00:00Z","sentAt":"2026-01-02T00:00:00Z"}""")]
    [TestCase("""{"type":"track","event":"e","sentAt":"2026-01-01T00:00:00Z"}""")]
    public void Event_with_only_a_time_of_receipt_or_sending_gets_that_time(string json) =>
        Assert.That(
            ArrivalTime.AddIfMissing(RudderEvent.Parse(json), Noon).Timestamp,
            Is.EqualTo(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
        );

    [TestCase("""{"type":"track","event":"e","timestamp":"2026-01-01T00:00:00Z"}""")]
    [TestCase("""{"type":"track","event":"e","originalTimestamp":"2026-01-01T00:00:00Z"}""")]
    [TestCase("""{"type":"track","event":"e","properties":{"ts":1767225600}}""")]
    [TestCase("""{"type":"page","properties":{"ts":"2026-01-01"}}""")]
    [TestCase("""{"type":"identify","traits":{"ts":1767225600}}""")]
    [TestCase("""{"type":"alias","context":{"traits":{"ts":1767225600}}}""")]
    [TestCase("""{"type":"track","event":"e","channel":"sources","properties":{"timestamp":"2026-01-01"}}""")]
    [TestCase("""{"type":"identify","channel":"sources","context":{"traits":{"timestamp":"2026-01-01"}}}""")]
    public void Event_with_a_time_is_returned_unchanged(string json)
    {
        RudderEvent rudderEvent = RudderEvent.Parse(json);

        Assert.That(ArrivalTime.AddIfMissing(rudderEvent, Noon), Is.SameAs(rudderEvent));
    }

    [Test]
    public async Task SendAsync_adds_the_time_of_arrival_to_an_event_without_a_time()
    {
        using IHost host = Build(destination => destination);
        ICleverTapDestination destination = host.Services.GetRequiredService<ICleverTapDestination>();

        await destination.SendAsync([Event("list")]);
        clock.Advance(TimeSpan.FromMinutes(1));
        await foreach (EventOutcome outcome in destination.SendAsync(Stream()))
        {
            Assert.That(outcome.Kind, Is.EqualTo(OutcomeKind.Delivered));
        }

        Assert.That(
            StoredTimes(),
            Is.EqualTo(new (string, long?)[] { ("list", Noon.ToUnixTimeSeconds()), ("stream", Noon.ToUnixTimeSeconds() + 60) })
        );

        static async IAsyncEnumerable<RudderEvent> Stream()
        {
            await Task.Yield();
            yield return Event("stream");
        }
    }

    [TestCase("memory")]
    [TestCase("disk")]
    public async Task Queue_keeps_the_time_of_arrival_of_an_event_that_waits_for_hours(string queue)
    {
        using IHost host = Build(destination =>
            queue == "memory"
                ? destination.AddBackgroundDelivery(options => options.FlushInterval = TimeSpan.FromDays(1))
                : destination.AddSqliteOutbox(Path.Combine(folder, "x.db"), options => options.FlushInterval = TimeSpan.FromDays(1))
        );
        await host.StartAsync();
        ICleverTapQueue events = host.Services.GetRequiredService<ICleverTapQueue>();

        await events.EnqueueAsync(Event("e"));
        clock.Advance(TimeSpan.FromHours(5));
        await events.FlushAsync();

        Assert.That(StoredTimes(), Is.EqualTo(new (string, long?)[] { ("e", Noon.ToUnixTimeSeconds()) }));
        await host.StopAsync();
    }

    [Test]
    public async Task Event_gets_no_time_when_the_mapping_reads_only_an_explicit_ts()
    {
        using IHost host = Build(destination => destination, MappingOptions.RudderTransformer);

        DeliveryReport report = await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync([Event("e")]);

        Assert.That(report[0].Records[0].ToJson(), Is.EqualTo("""{"type":"event","identity":"u","evtName":"e","evtData":{}}"""));
    }

    private IHost Build(Func<ICleverTapDestinationBuilder, ICleverTapDestinationBuilder> configure, MappingOptions? mapping = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(clock);
        configure(
            builder.Services.AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
                options.Mapping = mapping ?? MappingOptions.Default;
            })
        );
        return builder.Build();
    }

    private IEnumerable<(string Name, long? Timestamp)> StoredTimes() => cleverTap.Events.Select(stored => (stored.Name, stored.Timestamp));

    private static TrackEvent Event(string name) => new() { UserId = "u", Event = name };
}
