namespace CleverTap.Rudder;

/// <summary>Notifies handlers of a worker's events, and calls those that fail again while the worker goes on.</summary>
/// <param name="handlers">The handlers.</param>
/// <param name="isDurable">Whether the store keeps events that handlers have not taken when the worker ends.</param>
/// <param name="retried">Called when the handlers of an event that was retried are done, or left.</param>
/// <param name="end">Ends the retries.</param>
internal sealed class NotificationRetries(
    OutcomeHandlers handlers, bool isDurable, Action<NotifiedEvent> retried, CancellationToken end)
{
    private readonly object gate = new();
    private readonly List<Task> retries = [];

    /// <summary>Notifies handlers of an event.</summary>
    /// <returns><see cref="NotificationStatus.Retry"/> if that goes on; <c>retried</c> is called when it ends.</returns>
    public async Task<NotificationStatus> NotifyAsync(NotifiedEvent final, RudderEvent? rudderEvent)
    {
        if (rudderEvent is null || handlers.Start(rudderEvent, final.Outcome) is not { } notification)
        {
            return NotificationStatus.Done;
        }

        NotificationStatus status = await handlers.AttemptAsync(notification).ConfigureAwait(false);
        if (status == NotificationStatus.Retry && TryBegin(final, notification))
        {
            return NotificationStatus.Retry;
        }

        return status == NotificationStatus.Done ? status : Leave(notification);
    }

    /// <summary>Ends when no retry goes on. None begins after the end.</summary>
    public Task WhenEndedAsync()
    {
        lock (gate)
        {
            return Task.WhenAll(retries);
        }
    }

    private bool TryBegin(NotifiedEvent final, Notification notification)
    {
        lock (gate)
        {
            if (end.IsCancellationRequested)
            {
                return false;
            }

            retries.RemoveAll(retry => retry.IsCompleted);
            retries.Add(RetryAsync(final, notification));
            return true;
        }
    }

    private async Task RetryAsync(NotifiedEvent final, Notification notification)
    {
        NotificationStatus status = await handlers.RetryAsync(notification, end).ConfigureAwait(false);
        retried(final with { Status = status == NotificationStatus.Left ? Leave(notification) : status });
    }

    private NotificationStatus Leave(Notification notification)
    {
        if (isDurable)
        {
            return NotificationStatus.Left;
        }

        handlers.GiveUp(notification);
        return NotificationStatus.Done;
    }
}
