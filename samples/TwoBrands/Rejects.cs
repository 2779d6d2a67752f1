using System.Collections.Concurrent;
using CleverTap.Rudder;

namespace TwoBrands;

/// <summary>Represents a table of the events that reach no account, with the reason.</summary>
internal sealed class Rejects : IOutcomeHandler
{
    public ConcurrentQueue<string> Rows { get; } = [];

    public ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
    {
        Rows.Enqueue($"{rudderEvent.MessageId} {outcome.Error?.Code.ToString() ?? outcome.Kind.ToString()}");
        return ValueTask.CompletedTask;
    }
}
