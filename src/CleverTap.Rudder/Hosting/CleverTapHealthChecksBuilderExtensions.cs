using CleverTap.Rudder.Internal.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of CleverTap destinations.</summary>
public static class CleverTapHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of a destination's last upload and of its queue. The check sends nothing.</summary>
    /// <remarks>
    /// <para>
    /// The check is unhealthy while CleverTap refuses the credentials or the outbox cannot use its file. It is degraded while CleverTap
    /// does not respond as it should or the Kafka brokers do not respond. The check of a route is the worst of its queue and of all
    /// accounts behind the route; its description names the destinations.
    /// </para>
    /// <para>
    /// The data of a destination with a queue are <c>queueDepth</c> and <c>oldestEventSeconds</c>; of an outbox also <c>deadLetters</c> and
    /// <c>outboxFile</c>; of a topic also <c>deadLetters</c>, <c>consumerLag</c> and <c>brokers</c>. Values that are read from the file or
    /// the brokers are at most a few seconds old.
    /// </para>
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">
    /// The destination's name. Default null: the destination without a name. An unknown name is an
    /// <see cref="OptionsValidationException"/> when the host starts, which lists the names.
    /// </param>
    /// <param name="failureStatus">The status for refused credentials and a broken queue. Default null: unhealthy.</param>
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
        builder.Services.AddOptionsWithValidateOnStart<HealthCheckServiceOptions>();
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
