using CleverTap.Rudder;

namespace KafkaWorker;

/// <summary>Counts events by kind of outcome. Thread-safe.</summary>
internal sealed class OutcomeCounts
{
    private readonly long[] counts = new long[Enum.GetValues<OutcomeKind>().Length];

    public long Total => Enum.GetValues<OutcomeKind>().Sum(kind => this[kind]);

    public long this[OutcomeKind kind] => Interlocked.Read(ref counts[(int)kind]);

    public Task AddAsync(RudderEvent rudderEvent, EventOutcome outcome)
    {
        Interlocked.Increment(ref counts[(int)outcome.Kind]);
        return Task.CompletedTask;
    }

    public override string ToString() =>
        string.Join(
            ", ",
            Enum.GetValues<OutcomeKind>()
                .Where(kind => kind == OutcomeKind.Delivered || this[kind] > 0)
                .Select(kind => $"{this[kind]:N0} {FormatKind(kind)}")
        );

    private static string FormatKind(OutcomeKind kind) => kind.ToString().ToLowerInvariant();
}
