using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>How the last upload of a destination went, and how its queue is. Thread-safe.</summary>
internal sealed class CleverTapHealth(AccountHealth account, Func<QueueState?> readQueue) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        QueueState? queue = readQueue();
        (HealthStatus status, string? description) = Evaluate(context.Registration.FailureStatus, queue?.Fault);
        return Task.FromResult(new HealthCheckResult(status, description, data: Data(queue)));
    }

    private (HealthStatus Status, string? Description) Evaluate(HealthStatus failure, QueueFault? fault)
    {
        if (account.IsUnauthorized)
        {
            return (failure, "CleverTap refuses the account id or passcode");
        }

        if (fault is { IsTransient: false })
        {
            return (failure, fault.Message);
        }

        if (account.IsBackingOff)
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
