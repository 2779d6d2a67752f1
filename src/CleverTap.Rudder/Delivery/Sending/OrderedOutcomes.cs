using System.Threading.Channels;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Returns outcomes, which are added in any order, in the order of the input. Thread-safe.</summary>
internal sealed class OrderedOutcomes
{
    private readonly object gate = new();
    private readonly Channel<EventOutcome> ordered = Channel.CreateUnbounded<EventOutcome>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Dictionary<long, EventOutcome> early = [];
    private long next;

    /// <summary>Adds the outcome of an event. Each index, counted from 0, is added once.</summary>
    public void Add(EventOutcome outcome)
    {
        lock (gate)
        {
            early.Add(outcome.Index, outcome);
            while (early.Remove(next, out EventOutcome? outcomeOfNext))
            {
                ordered.Writer.TryWrite(outcomeOfNext);
                next++;
            }
        }
    }

    /// <summary>Called after all outcomes were added.</summary>
    public void Complete() => ordered.Writer.TryComplete();

    public IAsyncEnumerable<EventOutcome> ReadAllAsync() => ordered.Reader.ReadAllAsync(CancellationToken.None);
}
