using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>Notifies the host's handlers of final outcomes. Thread-safe.</summary>
/// <remarks>
/// A handler that fails is called again until it has failed for too long. Then the event is given up for this handler, logged and counted.
/// While a queue stops, each event gets at most one more attempt, so that a handler that always fails does not delay the stop.
/// </remarks>
internal sealed class OutcomeHandlers : IDisposable
{
    private readonly IServiceProvider services;
    private readonly IReadOnlyList<HandlerState> handlers;
    private readonly TimeSpan giveUpAfter;
    private readonly HandlerFailures failures;
    private readonly TimeProvider time;
    private readonly HandlerRetryPolicy retries;
    private readonly CancellationTokenSource outOfTime = new();

    // Handlers are called after the disposal too, for events that are enqueued then. The source's Token cannot be read any more.
    private readonly CancellationToken outOfTimeToken;
    private int hasStoppedWaiting;

    private OutcomeHandlers(IServiceProvider services, string name, BackgroundDeliveryOptions options, HandlerFailures failures)
    {
        this.services = services;
        this.failures = failures;
        outOfTimeToken = outOfTime.Token;
        giveUpAfter = options.HandlerGiveUpAfter;
        time = services.GetRequiredService<TimeProvider>();
        IDeliveryTarget target = services.GetRequiredKeyedService<IDeliveryTarget>(name);
        retries = new HandlerRetryPolicy(target.RetryDelay, time);
        TimeSpan maxGap = 2 * target.RetryDelay(int.MaxValue);
        handlers = [.. services.GetKeyedServices<HandlerRegistration>(name).Select(one => new HandlerState(one, maxGap, time))];
    }

    /// <summary>Creates the handlers of a destination.</summary>
    public static OutcomeHandlers Create(IServiceProvider services, string name, BackgroundDeliveryOptions options, QueueLog log) =>
        new(services, name, options, new HandlerFailures(name, log, services.GetRequiredService<QueueMetrics>()));

    /// <summary>Stops waiting for handlers that have not returned yet.</summary>
    public void StopWaiting()
    {
        StopRetrying();
        outOfTime.Cancel();
    }

    /// <summary>Limits each event whose handlers fail to one more attempt, because the queue stops.</summary>
    public void BeginStop() => retries.BeginStop();

    /// <summary>Stops calling failed handlers again.</summary>
    public void StopRetrying() => retries.End();

    public void Dispose()
    {
        retries.Dispose();
        outOfTime.Dispose();
    }

    public Task NotifyAsync(RudderEvent rudderEvent, EventOutcome outcome) => NotifyAsync([(rudderEvent, outcome)]);

    /// <summary>Notifies handlers of events that no store keeps.</summary>
    /// <returns>A task that completes when each handler has succeeded or was given up.</returns>
    public async Task NotifyAsync(IEnumerable<(RudderEvent Event, EventOutcome Outcome)> events)
    {
        List<Task> pending = [];
        foreach ((RudderEvent rudderEvent, EventOutcome outcome) in events)
        {
            if (CreateNotification(rudderEvent, outcome) is not { } notification)
            {
                continue;
            }

            NotificationStatus status = await AttemptAsync(notification).ConfigureAwait(false);
            if (status == NotificationStatus.Retry)
            {
                pending.Add(RetryOrGiveUpAsync(notification));
            }
            else if (status == NotificationStatus.Abandoned)
            {
                GiveUp(notification);
            }
        }

        await Task.WhenAll(pending).ConfigureAwait(false);
    }

    /// <summary>Creates the notification of an event; null if no handler accepts it.</summary>
    public Notification? CreateNotification(RudderEvent rudderEvent, EventOutcome outcome)
    {
        if (handlers.Count == 0)
        {
            return null;
        }

        List<HandlerState> pendingHandlers = [.. handlers.Where(handler => handler.Registration.Accepts(outcome))];
        return pendingHandlers.Count == 0 ? null : new Notification(rudderEvent, outcome, pendingHandlers);
    }

    /// <summary>Calls the pending handlers of the event, one after the other.</summary>
    public async Task<NotificationStatus> AttemptAsync(Notification notification)
    {
        notification.Attempts++;
        var status = NotificationStatus.Done;
        foreach (HandlerState handler in notification.PendingHandlers.ToArray())
        {
            NotificationStatus handlerStatus = await CallAsync(handler, notification).ConfigureAwait(false);
            if (handlerStatus == NotificationStatus.Done)
            {
                notification.PendingHandlers.Remove(handler);
            }
            else if (status != NotificationStatus.Abandoned)
            {
                status = handlerStatus;
            }
        }

        return status;
    }

    /// <summary>Waits and calls failed handlers again, until all have succeeded or no further attempt is allowed.</summary>
    /// <returns><see cref="NotificationStatus.Done"/> or <see cref="NotificationStatus.Abandoned"/>.</returns>
    public async Task<NotificationStatus> RetryAsync(Notification notification, CancellationToken end)
    {
        while (true)
        {
            (bool isAllowed, bool isLast) = await retries.WaitAsync(notification.Attempts, end).ConfigureAwait(false);
            if (!isAllowed)
            {
                return NotificationStatus.Abandoned;
            }

            NotificationStatus status = await AttemptAsync(notification).ConfigureAwait(false);
            if (status != NotificationStatus.Retry)
            {
                return status;
            }

            if (isLast)
            {
                return NotificationStatus.Abandoned;
            }
        }
    }

    /// <summary>Gives up the event for handlers that have failed, because the queue stops and no store keeps the event.</summary>
    public void GiveUp(Notification notification)
    {
        foreach (HandlerState handler in notification.PendingHandlers)
        {
            failures.GaveUp(handler, notification);
        }
    }

    private async Task RetryOrGiveUpAsync(Notification notification)
    {
        NotificationStatus status = retries.IsEnded
            ? NotificationStatus.Abandoned
            : await RetryAsync(notification, CancellationToken.None).ConfigureAwait(false);
        if (status == NotificationStatus.Abandoned)
        {
            GiveUp(notification);
        }
    }

    private async Task<NotificationStatus> CallAsync(HandlerState handler, Notification notification)
    {
        try
        {
            // The call runs on a thread of the pool, because a handler may block its thread.
            await Task.Run(
                    () => handler.Registration.HandleAsync(services, notification.Event, notification.Outcome, outOfTimeToken),
                    CancellationToken.None
                )
                .WaitAsync(outOfTimeToken)
                .ConfigureAwait(false);
            handler.Succeeded();
            return NotificationStatus.Done;
        }
        catch (OperationCanceledException) when (outOfTime.IsCancellationRequested)
        {
            if (Interlocked.Exchange(ref hasStoppedWaiting, 1) == 0)
            {
                failures.StoppedWaiting();
            }

            return NotificationStatus.Abandoned;
        }
        catch (Exception exception)
        {
            return Failed(handler, notification, exception.GetType());
        }
    }

    /// <summary>Records a failure, and gives up the event if the handler has failed for too long, on this event or on all events.</summary>
    private NotificationStatus Failed(HandlerState handler, Notification notification, Type exception)
    {
        notification.FirstFailure ??= time.GetTimestamp();
        notification.LastFailure = exception;
        TimeSpan? failing = handler.Failed();
        if (failing >= giveUpAfter || time.GetElapsedTime(notification.FirstFailure.Value) >= giveUpAfter)
        {
            failures.GaveUp(handler, notification);
            return NotificationStatus.Done;
        }

        failures.Failed(handler, exception, isFirst: failing is null);
        return NotificationStatus.Retry;
    }
}
