using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>Tells the host's handlers what became of each event. A handler that fails is logged and stops nothing.</summary>
internal sealed class OutcomeHandlers(string name, IReadOnlyList<OutcomeHandler> handlers, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource outOfTime = new();
    private int isLeft;

    /// <summary>The handlers of a destination, and one more for the events that will not be delivered.</summary>
    public static OutcomeHandlers Of(IServiceProvider services, string name, OutcomeHandler? deadLetter, ILogger logger)
    {
        List<OutcomeHandler> handlers = [.. services.GetKeyedServices<OutcomeHandler>(name)];
        if (deadLetter is not null)
            handlers.Add((rudderEvent, outcome) => Outcome.IsDeadLetter(outcome) ? deadLetter(rudderEvent, outcome) : Task.CompletedTask);
        return new OutcomeHandlers(name, handlers, logger);
    }

    /// <summary>Handlers that have not returned by now are not waited for any longer.</summary>
    public void StopWaiting() => outOfTime.Cancel();

    public void Dispose() => outOfTime.Dispose();

    public Task TellAsync(RudderEvent rudderEvent, UndeliveredReason reason, string message) => TellAsync(rudderEvent, Outcome.Undelivered(rudderEvent, reason, message));

    public async Task TellAsync(RudderEvent rudderEvent, EventOutcome outcome)
    {
        foreach (OutcomeHandler handler in handlers)
        {
            try
            {
                // On a thread of the pool, because a handler may block the one that it is called on.
                await Task.Run(() => handler(rudderEvent, outcome)).WaitAsync(outOfTime.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (outOfTime.IsCancellationRequested)
            {
                if (Interlocked.Exchange(ref isLeft, 1) == 0) logger.OutcomeHandlerLeft(name);
            }
            catch (Exception exception)
            {
                logger.OutcomeHandlerFailed(name, exception.GetType());
            }
        }
    }
}
