namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Logs and counts failures of handlers: the first failure of each handler, and each event that is given up for a handler.
/// </summary>
internal sealed class HandlerFailures(string destination, QueueLog log, QueueMetrics metrics)
{
    /// <summary>Called when a handler has failed and will be called again.</summary>
    public void Failed(HandlerState handler, Type exception, bool isFirst)
    {
        QueueLog.TryLog(() => metrics.HandlerFailed(destination, exception, isGivenUp: false));
        if (isFirst)
        {
            log.HandlerFailed(handler.Registration.Name, exception);
        }
    }

    /// <summary>Called when a handler will not be called again for an event.</summary>
    public void GaveUp(HandlerState handler, Notification notification)
    {
        Type exception = notification.LastFailure ?? typeof(OperationCanceledException);
        QueueLog.TryLog(() => metrics.HandlerFailed(destination, exception, isGivenUp: true));
        log.HandlerGaveUp(handler.Registration.Name, notification.Event.MessageId, notification.Attempts, exception);
    }

    /// <summary>Called when the queue stops waiting for handlers that have not returned.</summary>
    public void StoppedWaiting() => log.HandlersAbandoned();
}
