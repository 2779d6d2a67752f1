using CleverTap.Rudder;
using CleverTap.Rudder.Internal.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of CleverTap destinations.</summary>
public static class CleverTapHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of a destination's last upload and of its queue. It sends nothing itself.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Unhealthy while CleverTap refuses the credentials or the outbox cannot use its file; degraded while CleverTap does not respond as it
    /// should or the Kafka brokers do not respond.
    /// </para>
    /// <para>
    /// Data of a destination with a queue: <c>queueDepth</c>, <c>oldestEventSeconds</c>; of an outbox also <c>deadLetters</c> and
    /// <c>outboxFile</c>; of a topic also <c>deadLetters</c>, <c>consumerLag</c> and <c>brokers</c>. What the file or the brokers have to
    /// be asked for is at most some seconds old.
    /// </para>
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">
    /// The destination's name; left out for the one without a name. A name that no destination has is an
    /// <see cref="OptionsValidationException"/> when the host starts, which lists the names.
    /// </param>
    /// <param name="failureStatus">What to report for refused credentials; unhealthy where left out.</param>
    /// <param name="tags">Tags of the check.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddCleverTapDestination(
        this IHealthChecksBuilder builder,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        name ??= "";
        builder.Services.AddOptions<HealthCheckServiceOptions>().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<HealthCheckServiceOptions>>(provider => new HealthCheckNameValidator(
            name,
            provider.GetServices<DestinationRegistration>()
        ));
        return builder.Add(
            new HealthCheckRegistration(
                name.Length == 0 ? "CleverTap" : $"CleverTap:{name}",
                provider => provider.GetRequiredKeyedService<CleverTapHealth>(name),
                failureStatus,
                tags
            )
        );
    }
}
