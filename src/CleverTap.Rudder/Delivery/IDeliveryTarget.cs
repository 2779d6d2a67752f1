using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>The target of a call or a queue: one account, or several accounts behind a route. Thread-safe.</summary>
internal interface IDeliveryTarget
{
    /// <summary>The accounts; the list has at least one.</summary>
    IReadOnlyList<CleverTapDestination> Accounts { get; }

    /// <summary>The time of the host's clock.</summary>
    DateTimeOffset Now { get; }

    DeduplicationWindow DeduplicationWindow { get; }

    /// <summary>Chooses the account of an event.</summary>
    /// <param name="rudderEvent">The event; afterwards the event as edited by the hooks of the route.</param>
    /// <param name="account">The index of the account in <see cref="Accounts"/>, if the result is null.</param>
    /// <returns>The reason why the event is not sent; null if an account was chosen.</returns>
    TransformResult? Route(ref RudderEvent? rudderEvent, out int account);

    /// <summary>Returns the event with its time of arrival; see <see cref="EventIntake.WithArrivalTime"/>.</summary>
    RudderEvent WithArrivalTime(RudderEvent rudderEvent, DateTimeOffset arrived);

    /// <summary>Creates the outcome of JSON that is not an event.</summary>
    EventOutcome CreateUnreadableOutcome(EventError error);

    /// <summary>Reports the outcomes of events that are sent to no account.</summary>
    void Report(IReadOnlyList<EventOutcome> outcomes);

    /// <summary>Returns the number of events that fill the uploads in flight and the next ones.</summary>
    int WindowFor(int flushSize) =>
        Accounts.Sum(account => 2 * Math.Max(flushSize, account.Options.MaxBatchRecords * account.Options.MaxInFlight));

    /// <summary>Returns the delay after a number of failed attempts of an operation that is not an upload. It is at least 1 ms.</summary>
    TimeSpan RetryDelay(int attempt) =>
        Accounts
            .Select(account => RetryPolicy.Delay(attempt, retryAfter: null, account.Options, random: 1))
            .Append(TimeSpan.FromMilliseconds(1))
            .Max();

    /// <summary>Retries the waiting events of queues now.</summary>
    void RetryNow()
    {
        foreach (CleverTapDestination account in Accounts)
        {
            account.Engine.RetryNow();
        }
    }

    /// <summary>Filters the events of users that are not in flight.</summary>
    /// <returns>A task that completes when those in flight have their outcome.</returns>
    Task RemoveAsync(UserSet users) => Task.WhenAll(Accounts.Select(account => account.Engine.RemoveAsync(users)));
}
