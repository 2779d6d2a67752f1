using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Reports how the last upload of each account ended and how the queue is. Thread-safe.</summary>
/// <param name="name">The name of the destination or route.</param>
/// <param name="accounts">The destination's own account, or the accounts behind a route, by name.</param>
/// <param name="readQueue">Returns the state of the queue; null if there is none.</param>
internal sealed class CleverTapHealth(string name, IReadOnlyDictionary<string, AccountHealth> accounts, Func<QueueState?> readQueue)
    : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        QueueState? queue = readQueue();
        (HealthStatus status, string? description) = Evaluate(context.Registration.FailureStatus, queue?.Fault);
        return Task.FromResult(new HealthCheckResult(status, description, data: Data(queue)));
    }

    /// <summary>The worst fault decides: refused credentials, then a broken queue, then what may pass without help.</summary>
    private (HealthStatus Status, string? Description) Evaluate(HealthStatus failure, QueueFault? fault)
    {
        if (Affected(account => account.IsUnauthorized) is { } refused)
        {
            return (failure, $"CleverTap refuses the account id or passcode{refused}");
        }

        if (fault is { IsTransient: false })
        {
            return (failure, fault.Message);
        }

        if (Affected(account => account.IsBackingOff) is { } backingOff)
        {
            return (HealthStatus.Degraded, $"CleverTap does not respond as it should{backingOff}; uploads are retried");
        }

        return fault is null ? (HealthStatus.Healthy, null) : (HealthStatus.Degraded, fault.Message);
    }

    /// <summary>Names the accounts in a state, other than the destination's own. Returns null if no account is in that state.</summary>
    private string? Affected(Func<AccountHealth, bool> isInState)
    {
        string[] affected = [.. accounts.Where(account => isInState(account.Value)).Select(account => account.Key)];
        string[] others = [.. affected.Where(account => account != name)];
        if (affected.Length == 0)
        {
            return null;
        }

        return others.Length == 0 ? "" : $" (destination {DestinationNames.List(others)})";
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
