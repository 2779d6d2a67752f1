using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>What a queue logs. A logger of the host's may throw: the queue goes on.</summary>
internal sealed class QueueLog(string name, ILogger logger)
{
    public void Dropped() => TryLog(() => logger.Dropped(name));

    public void Stopped(int left) => TryLog(() => logger.Stopped(name, left));

    public void HandlerFailed(string handler, Type exception) => TryLog(() => logger.OutcomeHandlerFailed(name, handler, exception));

    public void HandlerGaveUp(string handler, string? messageId, int attempts, Type exception) =>
        TryLog(() => logger.OutcomeHandlerGaveUp(name, handler, messageId, attempts, exception));

    public void HandlersAbandoned() => TryLog(() => logger.OutcomeHandlersAbandoned(name));

    public void Failed(Type exception, TimeSpan delay) => TryLog(() => logger.WorkerFailed(name, exception, delay));

    /// <summary>Logs, and swallows what a logger throws.</summary>
    public static void TryLog(Action log)
    {
        try
        {
            log();
        }
        catch (Exception)
        {
            // There is nobody left to report it to.
        }
    }
}
