using System.Threading.RateLimiting;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>A line of the input that is under way, or has its outcome.</summary>
internal sealed class SentLine : IDisposable
{
    private readonly long index;
    private readonly long line;
    private readonly RateLimitLease lease;
    private readonly TaskCompletionSource<LineOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A line whose event is sent.</summary>
    public SentLine(long index, long line, RudderEvent rudderEvent, RateLimitLease lease)
    {
        this.index = index;
        this.line = line;
        this.lease = lease;
        Event = rudderEvent;
    }

    /// <summary>A line that is not sent.</summary>
    public SentLine(LineOutcome unsent, RateLimitLease lease)
    {
        this.lease = lease;
        outcome.SetResult(unsent);
    }

    public RudderEvent? Event { get; private set; }

    public Task<LineOutcome> Outcome => outcome.Task;

    public void Complete(EventOutcome result) => outcome.TrySetResult(new LineOutcome(index, line, Event, result));

    /// <summary>Gives the event the outcome of a run that was stopped before it was sent.</summary>
    public void Cancel() =>
        Complete(
            new EventOutcome
            {
                Index = 0,
                MessageId = Event!.MessageId,
                Kind = OutcomeKind.Undelivered,
                UndeliveredReason = UndeliveredReason.Cancelled,
                Message = "The run was stopped",
            }
        );

    public void Dispose() => lease.Dispose();
}
