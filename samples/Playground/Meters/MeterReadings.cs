using System.Diagnostics.Metrics;

namespace Playground.Meters;

/// <summary>Listens to the library's meter, and keeps the last minute by second and the sizes of all batches. Thread-safe.</summary>
internal sealed class MeterReadings : IDisposable
{
    public const int Seconds = 60;

    private const string MeterName = "CleverTap.Rudder";

    private readonly Lock gate = new();
    private readonly MeterListener listener = new();
    private readonly TimeProvider time;
    private readonly SortedDictionary<string, long[]> outcomes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, int> batchSizes = [];
    private readonly int[] inFlight = new int[Seconds];
    private int inFlightNow;
    private long second;

    public MeterReadings(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        second = Now();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            // Only the meter of this host, not of another host in the process: the scope of a meter is its factory.
            if (instrument.Meter.Name == MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => RecordMeasurement(instrument.Name, (int)value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => RecordMeasurement(instrument.Name, value, tags));
    }

    public void Start() => listener.Start();

    public MeterResponse Read()
    {
        lock (gate)
        {
            AdvanceToNow();
            return new MeterResponse(
                outcomes.ToDictionary(outcome => outcome.Key, outcome => OldestFirst(outcome.Value)),
                OldestFirst(inFlight),
                [.. batchSizes.Select(size => new BatchSize(size.Key, size.Value))]
            );
        }
    }

    /// <summary>Clears all readings except the number of uploads in flight.</summary>
    public void Clear()
    {
        lock (gate)
        {
            outcomes.Clear();
            batchSizes.Clear();
            Array.Fill(inFlight, inFlightNow);
        }
    }

    public void Dispose() => listener.Dispose();

    private void RecordMeasurement(string instrument, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? outcome = FindOutcome(tags);
        lock (gate)
        {
            AdvanceToNow();
            int bucket = (int)(second % Seconds);
            switch (instrument)
            {
                case "clevertap.events" when outcome is not null:
                    AddOutcome(outcome, bucket, value);
                    break;
                case "clevertap.upload.records":
                    batchSizes[value] = batchSizes.GetValueOrDefault(value) + 1;
                    break;
                case "clevertap.uploads.in_flight":
                    inFlightNow += value;
                    inFlight[bucket] = Math.Max(inFlight[bucket], inFlightNow);
                    break;
            }
        }
    }

    private static string? FindOutcome(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? outcome = null;
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Key == "outcome")
            {
                outcome = tag.Value?.ToString();
            }
        }

        return outcome;
    }

    private void AddOutcome(string outcome, int bucket, int count)
    {
        if (!outcomes.TryGetValue(outcome, out long[]? counts))
        {
            outcomes.Add(outcome, counts = new long[Seconds]);
        }

        counts[bucket] += count;
    }

    /// <summary>Resets the buckets of the seconds since the last measurement. The number of uploads in flight carries over.</summary>
    private void AdvanceToNow()
    {
        long now = Now();
        for (long next = Math.Max(second + 1, now - Seconds + 1); next <= now; next++)
        {
            int bucket = (int)(next % Seconds);
            foreach (long[] counts in outcomes.Values)
            {
                counts[bucket] = 0;
            }

            inFlight[bucket] = inFlightNow;
        }

        second = Math.Max(second, now);
    }

    private T[] OldestFirst<T>(T[] ring)
    {
        int oldest = (int)((second + 1) % Seconds);
        return [.. ring[oldest..], .. ring[..oldest]];
    }

    private long Now() => time.GetTimestamp() / time.TimestampFrequency;
}
