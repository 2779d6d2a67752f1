using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CleverTap.Rudder;

/// <summary>How the last upload of a destination went, and how its queue is. Thread-safe.</summary>
internal sealed class CleverTapHealth(Func<QueueState?>? readQueue = null) : IHealthCheck
{
    private volatile HealthState state;

    private enum HealthState
    {
        Well,
        BackingOff,
        Unauthorized,
    }

    public void Responded(ResponseStatus status) =>
        state = status switch
        {
            ResponseStatus.Unauthorized => HealthState.Unauthorized,
            ResponseStatus.Unavailable or ResponseStatus.NoResponse or ResponseStatus.NotConnected or ResponseStatus.Unreadable =>
                HealthState.BackingOff,
            _ => HealthState.Well,
        };

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        QueueState? queue = readQueue?.Invoke();
        (HealthStatus status, string? description) = Evaluate(context.Registration.FailureStatus, queue?.Fault);
        return Task.FromResult(new HealthCheckResult(status, description, data: Data(queue)));
    }

    private (HealthStatus Status, string? Description) Evaluate(HealthStatus failure, QueueFault? fault)
    {
        if (state == HealthState.Unauthorized)
        {
            return (failure, "CleverTap refuses the account id or passcode");
        }

        if (fault is { IsTransient: false })
        {
            return (failure, fault.Message);
        }

        if (state == HealthState.BackingOff)
        {
            return (HealthStatus.Degraded, "CleverTap does not respond as it should; uploads are retried");
        }

        return fault is null ? (HealthStatus.Healthy, null) : (HealthStatus.Degraded, fault.Message);
    }

    private static Dictionary<string, object>? Data(QueueState? queue)
    {
        if (queue is null)
        {
            return null;
        }

        var data = new Dictionary<string, object>(queue.Data)
        {
            ["queueDepth"] = queue.Depth,
            ["oldestEventSeconds"] = Math.Round(queue.OldestAge.TotalSeconds, 1),
        };
        if (queue.DeadLetters is { } deadLetters)
        {
            data["deadLetters"] = deadLetters;
        }

        if (queue.ConsumerLag is { } lag)
        {
            data["consumerLag"] = lag;
        }

        return data;
    }
}
