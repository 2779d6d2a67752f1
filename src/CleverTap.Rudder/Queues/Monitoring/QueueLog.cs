using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Writes the log of a queue. An exception of the host's logger does not stop the queue.</summary>
internal sealed class QueueLog(string name, ILogger logger)
{
    public void Dropped() => TryLog(() => logger.Dropped(name));

    public void Stopped(int remaining, bool areKept) =>
        TryLog(() => logger.Stopped(name, remaining, areKept ? "kept for the next start" : "undelivered"));

    public void HandlerFailed(string handler, Type exception) => TryLog(() => logger.OutcomeHandlerFailed(name, handler, exception));

    public void HandlerGaveUp(string handler, string? messageId, int attempts, Type exception) =>
        TryLog(() => logger.OutcomeHandlerGaveUp(name, handler, messageId, attempts, exception));

    public void HandlersAbandoned() => TryLog(() => logger.OutcomeHandlersAbandoned(name));

    public void Failed(Type exception, TimeSpan delay) => TryLog(() => logger.WorkerFailed(name, exception, delay));

    /// <summary>Writes to a log, and ignores an exception of the logger.</summary>
    public static void TryLog(Action log)
    {
        try
        {
            log();
        }
        catch (Exception)
        {
            // The logger has failed: there is nowhere else to report it.
        }
    }
}
