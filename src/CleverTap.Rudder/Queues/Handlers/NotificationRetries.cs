using CleverTap.Rudder.Internal.Delivery;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Notifies handlers of a worker's events. The worker goes on while one takes long, and while one that failed is called again.
/// </summary>
/// <param name="handlers">The handlers.</param>
/// <param name="time">Measures how long the worker waits.</param>
/// <param name="isDurable">Whether the store keeps events that handlers have not taken when the worker ends.</param>
/// <param name="retried">Called when the handlers of an event that was retried are done, or left.</param>
/// <param name="end">Ends the retries.</param>
internal sealed class NotificationRetries(
    OutcomeHandlers handlers,
    TimeProvider time,
    bool isDurable,
    Action<NotifiedEvent> retried,
    CancellationToken end
)
{
    /// <summary>How long the worker waits for the handlers of an event before it goes on with the next one.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(100);

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

        Task<NotificationStatus> attempt = handlers.AttemptAsync(notification);
        await ((Task)attempt).WaitAsync(MaxWait, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        bool goesOn = !attempt.IsCompleted || await attempt.ConfigureAwait(false) == NotificationStatus.Retry;
        if (goesOn && TryBegin(final, notification, attempt))
        {
            return NotificationStatus.Retry;
        }

        NotificationStatus status = await attempt.ConfigureAwait(false);
        return status == NotificationStatus.Done ? status : Abandon(notification);
    }

    /// <summary>Ends when no retry goes on. None begins after the end.</summary>
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
