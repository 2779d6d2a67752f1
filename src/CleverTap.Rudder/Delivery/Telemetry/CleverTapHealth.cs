using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CleverTap.Rudder;

/// <summary>How the last upload of a destination went. Thread-safe.</summary>
internal sealed class CleverTapHealth : IHealthCheck
{
    private volatile HealthState state;

    private enum HealthState
    {
        Well,
        BackingOff,
        Unauthorized,
    }

    public void Responded(ResponseStatus status) => state = status switch
    {
        ResponseStatus.Unauthorized => HealthState.Unauthorized,
        ResponseStatus.Unavailable or ResponseStatus.NoResponse or ResponseStatus.NotConnected or ResponseStatus.Unreadable => HealthState.BackingOff,
        _ => HealthState.Well,
    };

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(state switch
    {
        HealthState.Unauthorized => new HealthCheckResult(context.Registration.FailureStatus, "CleverTap refuses the account id or passcode"),
        HealthState.BackingOff => HealthCheckResult.Degraded("CleverTap does not answer as it should; uploads are tried again"),
        _ => HealthCheckResult.Healthy(),
    });
}
