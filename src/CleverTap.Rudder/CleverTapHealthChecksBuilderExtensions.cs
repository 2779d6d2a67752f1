using CleverTap.Rudder;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of CleverTap destinations.</summary>
public static class CleverTapHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of a destination's last upload: unhealthy while CleverTap refuses the credentials, degraded while it does
    /// not answer as it should. It sends nothing itself.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The destination's name; left out for the one without a name.</param>
    /// <param name="failureStatus">What to report for refused credentials; unhealthy where left out.</param>
    /// <param name="tags">Tags of the check.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddCleverTapDestination(
        this IHealthChecksBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        name ??= "";
        return builder.Add(new HealthCheckRegistration(
            name.Length == 0 ? "CleverTap" : $"CleverTap:{name}",
            provider => provider.GetRequiredKeyedService<CleverTapHealth>(name),
            failureStatus,
            tags));
    }
}
