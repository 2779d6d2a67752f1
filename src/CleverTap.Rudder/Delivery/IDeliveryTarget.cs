using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>What a call or a queue delivers to: one account, or several behind a route. Thread-safe.</summary>
internal interface IDeliveryTarget
{
    /// <summary>The accounts; at least one.</summary>
    IReadOnlyList<CleverTapDestination> Accounts { get; }

    /// <summary>The time by the host's clock.</summary>
    DateTimeOffset Now { get; }

    DeduplicationWindow DeduplicationWindow { get; }

    /// <summary>Says which account gets an event.</summary>
    /// <param name="rudderEvent">The event; afterwards as the editors in front of the accounts have left it.</param>
    /// <param name="account">The account's index in <see cref="Accounts"/>, if there is no result.</param>
    /// <returns>Why none gets it; null if one does.</returns>
    TransformResult? Route(ref RudderEvent? rudderEvent, out int account);

    /// <summary>An event as it is kept from when it is handed over; see <see cref="EventIntake.WithArrivalTime"/>.</summary>
    RudderEvent WithArrivalTime(RudderEvent rudderEvent, DateTimeOffset arrived);

    /// <summary>The outcome of JSON that is no event.</summary>
    EventOutcome CreateUnreadableOutcome(EventError error);

    /// <summary>Reports the outcomes of events that no account gets.</summary>
    void Report(IReadOnlyList<EventOutcome> outcomes);

    /// <summary>How many events a queue reads ahead: as many as fill the uploads in flight, and the next ones.</summary>
    int WindowFor(int flushSize) =>
        Accounts.Sum(account => 2 * Math.Max(flushSize, account.Options.MaxBatchRecords * account.Options.MaxInFlight));

    /// <summary>How long to wait after so many failed attempts of what is not an upload; never zero.</summary>
    TimeSpan RetryDelay(int attempt) =>
        Accounts.Max(account =>
            RetryPolicy.Delay(attempt, retryAfter: null, account.Options, random: 1) is { Ticks: > TimeSpan.TicksPerMillisecond } delay
                ? delay
                : TimeSpan.FromMilliseconds(1)
        );

    /// <summary>What waits before a retry, in queues, is attempted now.</summary>
    void RetryNow()
    {
        foreach (CleverTapDestination account in Accounts)
        {
            account.Engine.RetryNow();
        }
    }

    /// <summary>Users' events that are not in flight are filtered.</summary>
    /// <returns>Ends when those in flight have their outcome.</returns>
    Task RemoveAsync(UserSet users) => Task.WhenAll(Accounts.Select(account => account.Engine.RemoveAsync(users)));
}
