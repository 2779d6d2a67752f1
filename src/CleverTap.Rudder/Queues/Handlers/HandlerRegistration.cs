using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>A handler of a destination, as the host has registered it.</summary>
/// <param name="Name">What logs call it.</param>
/// <param name="TakesDeadLettersOnly">Whether it gets only the events that will not be delivered.</param>
/// <param name="HandleAsync">Calls it.</param>
internal sealed record HandlerRegistration(
    string Name,
    bool TakesDeadLettersOnly,
    Func<IServiceProvider, RudderEvent, EventOutcome, CancellationToken, Task> HandleAsync
)
{
    /// <summary>Calls a handler with services of its own: scoped services live as long as the call.</summary>
    public static Func<IServiceProvider, RudderEvent, EventOutcome, CancellationToken, Task> WrapInScope(
        Func<IServiceProvider, RudderEvent, EventOutcome, CancellationToken, Task> handleAsync
    ) =>
        async (services, rudderEvent, outcome, cancellationToken) =>
        {
            AsyncServiceScope scope = services.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await handleAsync(scope.ServiceProvider, rudderEvent, outcome, cancellationToken).ConfigureAwait(false);
            }
        };

    public bool Accepts(EventOutcome outcome) => !TakesDeadLettersOnly || Outcome.IsDeadLetter(outcome);
}
