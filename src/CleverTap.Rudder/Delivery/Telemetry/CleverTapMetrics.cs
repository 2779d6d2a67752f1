using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CleverTap.Rudder;

/// <summary>The meter and activity source of all destinations, both named <c>CleverTap.Rudder</c>. No tag ever holds a value of an event.</summary>
internal sealed class CleverTapMetrics
{
    public const string Name = "CleverTap.Rudder";

    public static readonly ActivitySource Activities = new(Name);

    /// <summary>Seconds, from a fast response to the longest timeout that makes sense.</summary>
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private readonly Counter<long> events;
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> duration;
    private readonly UpDownCounter<int> inFlight;
    private readonly UpDownCounter<int> queueDepth;
    private readonly Counter<long> handlerFailures;

    public CleverTapMetrics(IMeterFactory meters)
    {
        Meter meter = Meter = meters.Create(Name);
        events = meter.CreateCounter<long>("clevertap.events", "{event}", "Events by what became of them");
        batchSize = meter.CreateHistogram<int>("clevertap.upload.records", "{record}", "Records in an upload");
        duration = meter.CreateHistogram<double>(
            "clevertap.upload.duration",
            "s",
            "Time from an upload to its response",
            tags: null,
            Durations
        );
        inFlight = meter.CreateUpDownCounter<int>("clevertap.uploads.in_flight", "{upload}", "Uploads under way");
        queueDepth = meter.CreateUpDownCounter<int>("clevertap.queue.depth", "{event}", "Events that wait in the background queue");
        handlerFailures = meter.CreateCounter<long>("clevertap.handler.failures", "{call}", "Calls of outcome handlers that failed");
        meter.CreateObservableGauge(
            "clevertap.queue.oldest_age",
            () => Observe<double>(state => state.OldestAge.TotalSeconds),
            "s",
            "Age of the oldest event in the background queue"
        );
        meter.CreateObservableGauge(
            "clevertap.queue.dead_letters",
            () => Observe(state => state.DeadLetters),
            "{event}",
            "Dead letters of the outbox, or messages in the dead-letter topic"
        );
        meter.CreateObservableGauge(
            "clevertap.consumer.lag",
            () => Observe(state => state.ConsumerLag),
            "{event}",
            "Messages of this worker's partitions that are not committed"
        );
    }

    public Meter Meter { get; }

    /// <summary>The queues by the names of their destinations.</summary>
    public ConcurrentDictionary<string, IQueueState> Queues { get; } = new(StringComparer.Ordinal);

    /// <summary>One word or code, so that the number of series stays small.</summary>
    public static string ReasonOf(EventOutcome outcome) =>
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

    public void UploadEnded(string destination, CleverTapResponse? answer, TimeSpan took)
    {
        inFlight.Add(-1, Destination(destination));
        duration.Record(took.TotalSeconds, Destination(destination), new("status", answer?.Status.ToString() ?? "Cancelled"));
    }

    public void HandlerFailed(string destination, Type exception, bool isGivenUp) =>
        handlerFailures.Add(1, Destination(destination), new("exception", exception.FullName), new("given_up", isGivenUp));

    /// <summary>Counts events that enter or leave a queue. A listener of the host's may throw: the queue goes on.</summary>
    public void TryQueued(string destination, int change)
    {
        try
        {
            queueDepth.Add(change, Destination(destination));
        }
        catch (Exception)
        {
            // There is nobody left to report it to.
        }
    }

    /// <summary>One measurement for each queue that knows the value.</summary>
    private List<Measurement<T>> Observe<T>(Func<QueueState, T?> value)
        where T : struct
    {
        List<Measurement<T>> measurements = [];
        foreach ((string destination, IQueueState queue) in Queues)
        {
            if (TryRead(queue) is { } state && value(state) is { } known)
            {
                measurements.Add(new Measurement<T>(known, Destination(destination)));
            }
        }

        return measurements;
    }

    /// <summary>Null if the state cannot be read: a gauge must not fail for the other queues.</summary>
    private static QueueState? TryRead(IQueueState queue)
    {
        try
        {
            return queue.State;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static KeyValuePair<string, object?> Destination(string name) => new("destination", name);
}
