using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Playground.Meters;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class MeterReadingsTests
{
    private readonly ManualTime time = new();
    private ServiceProvider services = null!;
    private MeterReadings readings = null!;
    private Counter<long> events = null!;
    private Histogram<int> batches = null!;
    private UpDownCounter<int> inFlight = null!;

    [SetUp]
    public void Listen()
    {
        services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        readings = new MeterReadings(meters, time);
        readings.Start();
        Meter meter = meters.Create("CleverTap.Rudder");
        events = meter.CreateCounter<long>("clevertap.events");
        batches = meter.CreateHistogram<int>("clevertap.upload.records");
        inFlight = meter.CreateUpDownCounter<int>("clevertap.uploads.in_flight");
    }

    [TearDown]
    public void StopListening()
    {
        readings.Dispose();
        services.Dispose();
    }

    [Test]
    public void Readings_count_events_by_outcome_and_second()
    {
        Count("Delivered", 2);
        time.Seconds++;
        Count("Delivered", 3);
        Count("Rejected", 1);

        MeterResponse response = readings.Read();
        Assert.That(response.Outcomes["Delivered"][^2..], Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(response.Outcomes["Rejected"][^2..], Is.EqualTo(new long[] { 0, 1 }));
    }

    [TestCase(59, 2)]
    [TestCase(60, 0)]
    [TestCase(1000, 0)]
    public void Readings_drop_events_after_a_minute(int seconds, int left)
    {
        Count("Delivered", 2);
        time.Seconds += seconds;
        Assert.That(readings.Read().Outcomes["Delivered"].Sum(), Is.EqualTo(left));
    }

    [Test]
    public void Readings_keep_the_maximum_in_flight_of_each_second()
    {
        inFlight.Add(1);
        inFlight.Add(1);
        inFlight.Add(-1);
        time.Seconds += 2;
        Assert.That(readings.Read().InFlight[^3..], Is.EqualTo(new[] { 2, 1, 1 }));
    }

    [Test]
    public void Readings_count_batches_by_size()
    {
        foreach (int size in new[] { 10, 3, 10 })
        {
            batches.Record(size);
        }

        Assert.That(readings.Read().BatchSizes, Is.EqualTo(new[] { new BatchSize(3, 1), new BatchSize(10, 2) }));
    }

    [Test]
    public void Readings_ignore_the_meter_of_another_host()
    {
        using ServiceProvider other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create("CleverTap.Rudder").CreateHistogram<int>("clevertap.upload.records").Record(7);
        Assert.That(readings.Read().BatchSizes, Is.Empty);
    }

    [Test]
    public void Clear_keeps_the_uploads_in_flight()
    {
        inFlight.Add(2);
        batches.Record(5);
        Count("Delivered", 1);

        readings.Clear();

        MeterResponse response = readings.Read();
        Assert.That(response.BatchSizes, Is.Empty);
        Assert.That(response.Outcomes, Is.Empty);
        Assert.That(response.InFlight[^1], Is.EqualTo(2));
    }

    private void Count(string outcome, int count) => events.Add(count, new KeyValuePair<string, object?>("outcome", outcome));

    private sealed class ManualTime : TimeProvider
    {
        public int Seconds { get; set; } = 1000;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
