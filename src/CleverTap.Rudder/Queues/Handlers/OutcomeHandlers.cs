using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>
/// Notifies the host's handlers of final outcomes. One that fails is called again, until it has failed for too long: then the event is
/// given up for it, logged and counted. Thread-safe.
/// </summary>
internal sealed class OutcomeHandlers : IDisposable
{
    private readonly IServiceProvider services;
    private readonly IReadOnlyList<HandlerState> handlers;
    private readonly IDeliveryTarget target;
    private readonly TimeSpan giveUpAfter;
    private readonly HandlerFailures failures;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource outOfTime = new();
    private readonly CancellationTokenSource noRetries = new();

    // Handlers are called after the disposal too, for events that somebody enqueues then.
    private readonly CancellationToken outOfTimeToken;
    private readonly CancellationToken noRetriesToken;
    private int hasStoppedWaiting;

    private OutcomeHandlers(IServiceProvider services, string name, BackgroundDeliveryOptions options, HandlerFailures failures)
    {
        this.services = services;
        this.failures = failures;
        outOfTimeToken = outOfTime.Token;
        noRetriesToken = noRetries.Token;
        giveUpAfter = options.HandlerGiveUpAfter;
        time = services.GetRequiredService<TimeProvider>();
        target = services.GetRequiredKeyedService<IDeliveryTarget>(name);
        TimeSpan maxGap = 2 * target.RetryDelay(int.MaxValue);
        handlers = [.. services.GetKeyedServices<HandlerRegistration>(name).Select(one => new HandlerState(one, maxGap, time))];
    }

    /// <summary>The handlers of a destination.</summary>
    public static OutcomeHandlers Create(IServiceProvider services, string name, BackgroundDeliveryOptions options, QueueLog log) =>
        new(services, name, options, new HandlerFailures(name, log, services.GetRequiredService<QueueMetrics>()));

    /// <summary>Handlers that have not returned by now are not waited for any longer.</summary>
    public void StopWaiting()
    {
        StopRetrying();
        outOfTime.Cancel();
    }

    /// <summary>Handlers that fail from now on are not called again.</summary>
    public void StopRetrying()
    {
        if (!noRetries.IsCancellationRequested)
        {
            noRetries.Cancel();
        }
    }

    public void Dispose()
    {
        StopRetrying();
        noRetries.Dispose();
        outOfTime.Dispose();
    }

    public Task NotifyAsync(RudderEvent rudderEvent, UndeliveredReason reason, string message) =>
        NotifyAsync(rudderEvent, Outcome.Undelivered(rudderEvent, reason, message));

    public Task NotifyAsync(RudderEvent rudderEvent, EventOutcome outcome) => NotifyAsync([(rudderEvent, outcome)]);

    /// <summary>Notifies handlers of events that no store keeps. Ends when each handler has taken them or was given up.</summary>
    public async Task NotifyAsync(IEnumerable<(RudderEvent Event, EventOutcome Outcome)> events)
    {
        List<Task> retries = [];
        foreach ((RudderEvent rudderEvent, EventOutcome outcome) in events)
        {
            if (Start(rudderEvent, outcome) is not { } notification)
            {
                continue;
            }

            NotificationStatus status = await AttemptAsync(notification).ConfigureAwait(false);
            if (status == NotificationStatus.Retry)
            {
                retries.Add(RetryOrGiveUpAsync(notification));
            }
            else if (status == NotificationStatus.Abandoned)
            {
                GiveUp(notification);
            }
        }

        await Task.WhenAll(retries).ConfigureAwait(false);
    }

    /// <summary>Begins to notify handlers; null if none takes the event.</summary>
    public Notification? Start(RudderEvent rudderEvent, EventOutcome outcome)
    {
        if (handlers.Count == 0)
        {
            return null;
        }

        List<HandlerState> open = [.. handlers.Where(handler => handler.Registration.Accepts(outcome))];
        return open.Count == 0 ? null : new Notification(rudderEvent, outcome, open);
    }

    /// <summary>Calls the handlers that are still to take the event, one after the other.</summary>
    public async Task<NotificationStatus> AttemptAsync(Notification notification)
    {
        notification.Attempts++;
        var status = NotificationStatus.Done;
        foreach (HandlerState handler in notification.PendingHandlers.ToArray())
        {
            NotificationStatus one = await CallAsync(handler, notification).ConfigureAwait(false);
            if (one == NotificationStatus.Done)
            {
                notification.PendingHandlers.Remove(handler);
            }
            else if (status != NotificationStatus.Abandoned)
            {
                status = one;
            }
        }

        return status;
    }

    /// <summary>Waits and calls failed handlers again, until all are done or the time is up.</summary>
    /// <returns><see cref="NotificationStatus.Done"/> or <see cref="NotificationStatus.Abandoned"/>.</returns>
    public async Task<NotificationStatus> RetryAsync(Notification notification, CancellationToken end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, noRetriesToken);
        var status = NotificationStatus.Retry;
        while (status == NotificationStatus.Retry)
        {
            TimeSpan delay = target.RetryDelay(notification.Attempts);
            await Task.Delay(delay, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            status = either.IsCancellationRequested ? NotificationStatus.Abandoned : await AttemptAsync(notification).ConfigureAwait(false);
        }

        return status;
    }

    /// <summary>The host stops, and nothing keeps the event for handlers that have failed.</summary>
    public void GiveUp(Notification notification)
    {
        foreach (HandlerState handler in notification.PendingHandlers)
        {
            failures.GaveUp(handler, notification);
        }
    }

    private async Task RetryOrGiveUpAsync(Notification notification)
    {
        NotificationStatus status = noRetries.IsCancellationRequested
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
            // On a thread of the pool, because a handler may block the one that it is called on.
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

    /// <summary>Gives the event up for a handler that has failed for too long, on this event or on all.</summary>
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
