namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Notifies the handlers of the events of a worker. The worker continues while a handler takes long, and while a failed handler is
/// retried.
/// </summary>
/// <param name="handlers">The handlers.</param>
/// <param name="time">The clock that measures how long the worker waits.</param>
/// <param name="isDurable">Whether the store keeps an event whose handlers have not succeeded when the worker ends.</param>
/// <param name="retried">Called when the handlers of a retried event are done or abandoned.</param>
/// <param name="end">Ends the retries.</param>
internal sealed class NotificationRetries(
    OutcomeHandlers handlers,
    TimeProvider time,
    bool isDurable,
    Action<NotifiedEvent> retried,
    CancellationToken end
)
{
    /// <summary>How long the worker waits for the handlers of an event before it continues with the next event.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(100);

    private readonly object gate = new();
    private readonly List<Task> retries = [];

    /// <summary>Notifies the handlers of an event.</summary>
    /// <returns><see cref="NotificationStatus.Retry"/> if the notification continues; <c>retried</c> is called when it ends.</returns>
    public async Task<NotificationStatus> NotifyAsync(NotifiedEvent final, RudderEvent? rudderEvent)
    {
        if (rudderEvent is null || handlers.CreateNotification(rudderEvent, final.Outcome) is not { } notification)
        {
            return NotificationStatus.Done;
        }

        Task<NotificationStatus> attempt = handlers.AttemptAsync(notification);
        await ((Task)attempt).WaitAsync(MaxWait, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        bool isPending = !attempt.IsCompleted || await attempt.ConfigureAwait(false) == NotificationStatus.Retry;
        if (isPending && TryBegin(final, notification, attempt))
        {
            return NotificationStatus.Retry;
        }

        NotificationStatus status = await attempt.ConfigureAwait(false);
        return status == NotificationStatus.Done ? status : Abandon(notification);
    }

    /// <summary>Returns a task that completes when no retry is running. No retry begins after the end.</summary>
    public Task WhenEndedAsync()
    {
        lock (gate)
        {
            return Task.WhenAll(retries);
        }
    }

    private bool TryBegin(NotifiedEvent final, Notification notification, Task<NotificationStatus> attempt)
    {
        lock (gate)
        {
            if (end.IsCancellationRequested)
            {
                return false;
            }

            retries.RemoveAll(retry => retry.IsCompleted);
            retries.Add(ContinueAsync(final, notification, attempt));
            return true;
        }
    }

    private async Task ContinueAsync(NotifiedEvent final, Notification notification, Task<NotificationStatus> attempt)
    {
        NotificationStatus status = await attempt.ConfigureAwait(false);
        if (status == NotificationStatus.Retry)
        {
            status = await handlers.RetryAsync(notification, end).ConfigureAwait(false);
        }

        retried(final with { Status = status == NotificationStatus.Abandoned ? Abandon(notification) : status });
    }

    private NotificationStatus Abandon(Notification notification)
    {
        if (isDurable)
        {
            return NotificationStatus.Abandoned;
        }

        handlers.GiveUp(notification);
        return NotificationStatus.Done;
    }
}
