using CleverTap.Rudder.Internal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Internal.Queues;

/// <summary>A handler of a destination, as the host has registered it.</summary>
/// <param name="Name">The name of the handler in logs.</param>
/// <param name="TakesDeadLettersOnly">Whether the handler gets only the events that will not be delivered.</param>
/// <param name="HandleAsync">Calls the handler.</param>
internal sealed record HandlerRegistration(
    string Name,
    bool TakesDeadLettersOnly,
    Func<IServiceProvider, RudderEvent, EventOutcome, CancellationToken, Task> HandleAsync
)
{
    /// <summary>Calls a handler in a service scope, so that scoped services live as long as the call.</summary>
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

    /// <summary>Whether the handler is called for this outcome.</summary>
    public bool Accepts(EventOutcome outcome) => !TakesDeadLettersOnly || Outcome.IsDeadLetter(outcome);
}
