using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>Hands events that will not be delivered to the host's callback. A callback that fails is logged and stops nothing.</summary>
internal sealed class DeadLetters(string name, DeadLetterHandler? handler, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource outOfTime = new();

    /// <summary>How many events were handed over because the host stopped before they were delivered.</summary>
    public int LeftAtShutdown { get; private set; }

    /// <summary>Callbacks that have not returned by now are not waited for any longer.</summary>
    public void StopWaiting() => outOfTime.Cancel();

    public void Dispose() => outOfTime.Dispose();

    public Task LeaveAsync(RudderEvent rudderEvent)
    {
        LeftAtShutdown++;
        return TakeAsync(rudderEvent, UndeliveredReason.Stopped, "The host stopped before the event was delivered");
    }

    public Task TakeAsync(RudderEvent rudderEvent, UndeliveredReason reason, string message) => TakeAsync(
        rudderEvent,
        new EventOutcome { Index = 0, MessageId = rudderEvent.MessageId, Kind = OutcomeKind.Undelivered, UndeliveredReason = reason, Message = message });

    public async Task TakeAsync(RudderEvent rudderEvent, EventOutcome outcome)
    {
        if (handler is null) return;
        try
        {
            await handler(rudderEvent, outcome).WaitAsync(outOfTime.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.DeadLetterFailed(name, exception.GetType());
        }
    }
}
