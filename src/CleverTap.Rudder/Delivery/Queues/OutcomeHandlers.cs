using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>Notifies the host's handlers of final outcomes. A handler that fails is logged and stops nothing.</summary>
internal sealed class OutcomeHandlers(IReadOnlyList<OutcomeHandler> handlers, QueueLog log) : IDisposable
{
    private readonly CancellationTokenSource outOfTime = new();
    private int isLeft;

    /// <summary>The handlers of a destination, and one more for the events that will not be delivered.</summary>
    public static OutcomeHandlers Create(IServiceProvider services, string name, OutcomeHandler? deadLetter, ILogger logger)
    {
        List<OutcomeHandler> handlers = [.. services.GetKeyedServices<OutcomeHandler>(name)];
        if (deadLetter is not null)
        {
            handlers.Add((rudderEvent, outcome) => Outcome.IsDeadLetter(outcome) ? deadLetter(rudderEvent, outcome) : Task.CompletedTask);
        }

        return new OutcomeHandlers(handlers, new QueueLog(name, logger));
    }

    /// <summary>Handlers that have not returned by now are not waited for any longer.</summary>
    public void StopWaiting() => outOfTime.Cancel();

    public void Dispose() => outOfTime.Dispose();

    public Task NotifyAsync(RudderEvent rudderEvent, UndeliveredReason reason, string message) => NotifyAsync(rudderEvent, Outcome.Undelivered(rudderEvent, reason, message));

    public async Task NotifyAsync(RudderEvent rudderEvent, EventOutcome outcome)
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
                if (Interlocked.Exchange(ref isLeft, 1) == 0)
                {
                    log.HandlerLeft();
                }
            }
            catch (Exception exception)
            {
                log.HandlerFailed(exception.GetType());
            }
        }
    }
}
