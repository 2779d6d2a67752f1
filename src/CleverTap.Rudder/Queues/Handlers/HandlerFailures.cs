namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Logs and counts handlers that fail: the first failure of each, and every event that is given up for one.</summary>
internal sealed class HandlerFailures(string destination, QueueLog log, QueueMetrics metrics)
{
    /// <summary>A handler has failed and is called again.</summary>
    public void Failed(HandlerState handler, Type exception, bool isFirst)
    {
        QueueLog.TryLog(() => metrics.HandlerFailed(destination, exception, isGivenUp: false));
        if (isFirst)
        {
            log.HandlerFailed(handler.Registration.Name, exception);
        }
    }

    /// <summary>A handler is not called again for an event.</summary>
    public void GaveUp(HandlerState handler, Notification notification)
    {
        Type exception = notification.LastFailure ?? typeof(OperationCanceledException);
        QueueLog.TryLog(() => metrics.HandlerFailed(destination, exception, isGivenUp: true));
        log.HandlerGaveUp(handler.Registration.Name, notification.Event.MessageId, notification.Attempts, exception);
    }

    /// <summary>The host does not wait for handlers any longer.</summary>
    public void StoppedWaiting() => log.HandlersAbandoned();
}
