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

    public void Answered(AnswerStatus status) => state = status switch
    {
        AnswerStatus.Unauthorized => HealthState.Unauthorized,
        AnswerStatus.Unavailable or AnswerStatus.NoAnswer or AnswerStatus.NotConnected or AnswerStatus.Unreadable => HealthState.BackingOff,
        _ => HealthState.Well,
    };

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(state switch
    {
        HealthState.Unauthorized => new HealthCheckResult(context.Registration.FailureStatus, "CleverTap refuses the account id or passcode"),
        HealthState.BackingOff => HealthCheckResult.Degraded("CleverTap does not answer as it should; uploads are tried again"),
        _ => HealthCheckResult.Healthy(),
    });
}
