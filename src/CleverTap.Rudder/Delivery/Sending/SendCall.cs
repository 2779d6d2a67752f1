using System.Runtime.CompilerServices;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Sends events as one operation, and returns their outcomes in the order of the input.</summary>
internal static class SendCall
{
    /// <summary>The maximum number of windows whose outcomes wait for the caller.</summary>
    private const int MaxWindowsAhead = 16;

    /// <summary>Sends a list.</summary>
    public static async Task<DeliveryReport> SendAsync(
        IDeliveryTarget target,
        IReadOnlyList<RudderEvent> events,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset arrived = target.Now;
        var outcomes = new EventOutcome[events.Count];
        SendOperation operation = new(target, outcome => outcomes[outcome.Index] = outcome, maxWindowsAhead: null, cancellationToken);
        await using (operation.ConfigureAwait(false))
        {
            int index = 0;
            while (index < events.Count)
            {
                int count = Math.Min(events.Count - index, await operation.WaitForCapacityAsync().ConfigureAwait(false));
                int first = index;
                operation.Add(count, position => target.WithArrivalTime(events[first + position], arrived));
                index += count;
            }

            await operation.CompleteAsync().ConfigureAwait(false);
        }

        return new DeliveryReport(outcomes);
    }

    /// <summary>Sends a stream, and returns outcomes as they are known.</summary>
    public static async IAsyncEnumerable<EventOutcome> SendAsync(
        IDeliveryTarget target,
        IAsyncEnumerable<RudderEvent> events,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        OrderedOutcomes outcomes = new();
        SendOperation operation = new(target, outcomes.Add, MaxWindowsAhead, cancellationToken);
        await using (operation.ConfigureAwait(false))
        {
            Task reading = ReadAsync(operation, target, events, outcomes, cancellationToken);
            await foreach (EventOutcome outcome in outcomes.ReadAllAsync().ConfigureAwait(false))
            {
                operation.CountReadOutcome();
                yield return outcome;
            }

            await reading.ConfigureAwait(false);
        }
    }

    /// <summary>Reads a stream to its end. Events that were read are delivered, also if the stream throws.</summary>
    private static async Task ReadAsync(
        SendOperation operation,
        IDeliveryTarget target,
        IAsyncEnumerable<RudderEvent> events,
        OrderedOutcomes outcomes,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var reader = new StreamReading(operation, target, events.GetAsyncEnumerator(cancellationToken));
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAllAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The events that were read have their outcome; the others were not read.
        }
        finally
        {
            await operation.CompleteAsync().ConfigureAwait(false);
            outcomes.Complete();
        }
    }
}
