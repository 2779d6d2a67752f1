using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>
/// The meter and activity source of all destinations, both named <c>CleverTap.Rudder</c>. No tag contains a value of an event.
/// </summary>
internal sealed class CleverTapMetrics
{
    public const string Name = "CleverTap.Rudder";

    public static readonly ActivitySource Activities = new(Name);

    /// <summary>The histogram buckets in seconds, from a fast response to the longest useful timeout.</summary>
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private readonly Counter<long> events;
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> duration;
    private readonly UpDownCounter<int> inFlight;

    public CleverTapMetrics(IMeterFactory meters)
    {
        Meter meter = Meter = meters.Create(Name);
        events = meter.CreateCounter<long>("clevertap.events", "{event}", "Events by outcome");
        batchSize = meter.CreateHistogram<int>("clevertap.upload.records", "{record}", "Records in an upload");
        duration = meter.CreateHistogram<double>(
            "clevertap.upload.duration",
            "s",
            "Time from an upload to its response",
            tags: null,
            Durations
        );
        inFlight = meter.CreateUpDownCounter<int>("clevertap.uploads.in_flight", "{upload}", "Uploads in flight");
    }

    public Meter Meter { get; }

    /// <summary>Returns the reason of an outcome as one word or code, so that the number of time series stays small.</summary>
    public static string GetReason(EventOutcome outcome) =>
        outcome.Kind switch
        {
            OutcomeKind.Filtered => outcome.FilterReason.ToString()!,
            OutcomeKind.Invalid => outcome.Error!.Code.ToString(),
            OutcomeKind.Rejected => outcome.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
            OutcomeKind.Undelivered => outcome.UndeliveredReason.ToString()!,
            _ => outcome.OmittedFields.Count > 0 ? "Repaired" : "",
        };

    public void Events(string destination, OutcomeKind kind, string reason, int count) =>
        events.Add(count, Destination(destination), new("outcome", kind.ToString()), new("reason", reason));

    public void UploadStarted(string destination, int records)
    {
        inFlight.Add(1, Destination(destination));
        batchSize.Record(records, Destination(destination));
    }

    public void UploadEnded(string destination, CleverTapResponse? response, TimeSpan took)
    {
        inFlight.Add(-1, Destination(destination));
        duration.Record(took.TotalSeconds, Destination(destination), new("status", response?.Status.ToString() ?? "Cancelled"));
    }

    /// <summary>Creates the tag that names a destination.</summary>
    public static KeyValuePair<string, object?> Destination(string name) => new("destination", name);
}
