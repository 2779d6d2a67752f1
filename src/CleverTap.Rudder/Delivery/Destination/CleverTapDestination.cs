using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace CleverTap.Rudder;

/// <summary>Transforms events, deals them to lanes, has the lanes deliver, and reports what became of each.</summary>
internal sealed class CleverTapDestination(Func<CleverTapClient> client, CleverTapOptions options, DeliveryMonitor monitor, TimeProvider time, Func<double> random)
    : ICleverTapDestination
{
    private readonly CleverTapTransformer transformer = new(options.Mapping);
    private readonly ProfileLinks links = new();
    private readonly CleverTapUploader uploader = new(client, options, new InFlightLimit(options.MaxInFlight), monitor);

    public async Task<DeliveryReport> SendAsync(IReadOnlyList<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var outcomes = new EventOutcome[events.Count];
        int[] people = Lanes.People(events);
        int[] laneOf = Lanes.Deal(people, LanesFor(events.Count));
        List<RecordOfEvent>[] lanes = [.. Enumerable.Range(0, laneOf.Length == 0 ? 0 : laneOf.Max() + 1).Select(_ => new List<RecordOfEvent>())];
        for (int i = 0; i < outcomes.Length; i++)
        {
            // A list that was read from JSON can hold nulls, whatever its type says.
            TransformResult result = events[i] is { } e ? transformer.Transform(e) : TransformResult.Invalid(EventError.NotAnObject);
            IReadOnlyList<CleverTapRecord> records = links.WithoutKnown(result.Records);
            outcomes[i] = Outcome.Of(i, events[i]?.MessageId, result) with { Records = records };
            foreach (CleverTapRecord record in records) lanes[laneOf[i]].Add(new RecordOfEvent(i, record));
        }

        var run = new DeliveryRun(outcomes, options, time, cancellationToken);
        await Task.WhenAll(lanes.Select(lane => new LaneDelivery(uploader, options, time, random, run, monitor, place => people[place]).RunAsync(lane))).ConfigureAwait(false);
        foreach (EventOutcome outcome in outcomes)
        {
            if (outcome.Kind != OutcomeKind.Delivered)
            {
                links.Forget(outcome.Records);
            }
        }

        monitor.Report(outcomes);
        return new DeliveryReport(outcomes);
    }

    public async IAsyncEnumerable<EventOutcome> SendAsync(IAsyncEnumerable<RudderEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        int sent = 0;
        IAsyncEnumerator<RudderEvent> source = events.GetAsyncEnumerator(cancellationToken);
        await using (source.ConfigureAwait(false))
        {
            for (bool more = true; more;)
            {
                (List<RudderEvent> window, more, ExceptionDispatchInfo? broken) = await ReadWindowAsync(source, cancellationToken).ConfigureAwait(false);
                foreach (EventOutcome outcome in await SendAsync(window, cancellationToken).ConfigureAwait(false)) yield return outcome with { Index = sent++ };
                broken?.Throw();
            }
        }
    }

    /// <summary>Reads as much as fills the uploads that may be under way. A source that breaks takes nothing with it that was read before.</summary>
    private async Task<(List<RudderEvent> Window, bool More, ExceptionDispatchInfo? Broken)> ReadWindowAsync(IAsyncEnumerator<RudderEvent> source, CancellationToken cancellationToken)
    {
        List<RudderEvent> window = [];
        try
        {
            while (window.Count < options.MaxBatchRecords * options.MaxInFlight)
            {
                if (cancellationToken.IsCancellationRequested || !await source.MoveNextAsync().ConfigureAwait(false)) return (window, false, null);
                window.Add(source.Current);
            }

            return (window, true, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (window, false, null);
        }
        catch (Exception exception)
        {
            return (window, false, ExceptionDispatchInfo.Capture(exception));
        }
    }

    public Task<CleverTapAnswer> DeleteUsersAsync(IEnumerable<string> userIds, CancellationToken cancellationToken = default) =>
        client().DeleteProfilesAsync(userIds, cancellationToken);

    /// <summary>As many lanes as there are uploads to fill, and not more than may be under way.</summary>
    private int LanesFor(int events) => Math.Clamp((events + options.MaxBatchRecords - 1) / options.MaxBatchRecords, 1, options.MaxInFlight);
}
