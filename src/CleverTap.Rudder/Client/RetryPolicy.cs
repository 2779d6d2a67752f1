// Design note: why the retries are written by hand, and not with Polly or Microsoft.Extensions.Http.Resilience.
// - A retry decides per record and per user. A 200 response may accept 997 records and reject 3; a 400 response leads to halving
//   the upload; after a 5xx response only the users of that upload wait, and all others continue. A resilience pipeline retries one HTTP
//   request as a whole: it would send the accepted records again, and CleverTap does not recognise duplicates.
// - The wait is not inside the call. A failed upload returns to the engine, which sends records of other users in the meantime; a
//   pipeline would hold one of at most 15 slots while it waits.
// - The cost is this file: about 100 lines of pure functions without a clock. RetryPolicyTests states them as tables, and the engine
//   waits with TimeProvider, so that no test waits for the wall clock. The package depends on no resilience library.
// - Rejected: a Polly strategy around the upload (see above); a circuit breaker (the engine's probe does the same and keeps the order of
//   each user); a pipeline under the client only for connection errors (it would hide attempts from MaxAttempts, metrics and logs). A
//   host that wants such a pipeline adds it with ICleverTapDestinationBuilder.HttpClientBuilder.

namespace CleverTap.Rudder.Internal.Client;

/// <summary>Decides the step after a response and the wait before the next attempt. Pure functions without a clock.</summary>
internal static class RetryPolicy
{
    /// <summary>CleverTap's record code for an internal error.</summary>
    public const int TransientRecordCode = 555;

    /// <summary>HTTP 429.</summary>
    public const int TooManyRequests = 429;

    private const int MaxDoublings = 30;

    /// <summary>The number of attempts that use the normal delay, for a record that fails alone.</summary>
    private const int EagerAttempts = 8;

    /// <summary>A later delay is at least <c>giveUpAfter</c> divided by this number, which bounds the attempts.</summary>
    private const int PatientAttempts = 30;

    /// <summary>Whether a response has a result for each record.</summary>
    public static bool IsPerRecord(ResponseStatus status) =>
        status is ResponseStatus.Success or ResponseStatus.Partial or ResponseStatus.Fail;

    /// <summary>Decides the step after the response to an upload.</summary>
    public static NextStep DecideNextStep(CleverTapResponse result, int records, LostResponsePolicy lostResponses) =>
        result.Status switch
        {
            ResponseStatus.Success or ResponseStatus.Partial or ResponseStatus.Fail => NextStep.Evaluate,
            ResponseStatus.Unavailable when result.HttpStatus == TooManyRequests => NextStep.Throttle,
            ResponseStatus.Unauthorized => NextStep.Stop,
            ResponseStatus.BadRequest when result.HttpStatus is 400 or 413 => records > 1 ? NextStep.Split : NextStep.Reject,
            ResponseStatus.BadRequest => NextStep.GiveUp,
            ResponseStatus.Unreadable when ResponseEvaluator.CountsAddUp(result, records) => NextStep.GiveUp,
            ResponseStatus.NoResponse or ResponseStatus.Unreadable when lostResponses == LostResponsePolicy.Report => NextStep.GiveUp,
            _ => NextStep.IsolateOrWait,
        };

    /// <summary>Calculates the wait before the next attempt, with full jitter.</summary>
    /// <remarks>
    /// The wait is random between 0 and the base delay, which doubles with each attempt up to the longest delay. If CleverTap requests a
    /// wait, the result is at least that wait, up to <see cref="CleverTapOptions.MaxRetryAfter"/>.
    /// </remarks>
    /// <param name="attempt">The number of failed attempts, from 1.</param>
    /// <param name="retryAfter">The wait that CleverTap requests; null if it requests none.</param>
    /// <param name="options">The delays.</param>
    /// <param name="random">A random number from 0 to 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? retryAfter, CleverTapOptions options, double random)
    {
        double maxDelay = Math.Min(
            options.RetryMaxDelay.TotalMilliseconds,
            options.RetryBaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, MaxDoublings))
        );
        TimeSpan jittered = TimeSpan.FromMilliseconds(maxDelay * random);
        if (retryAfter is not { } requested)
        {
            return jittered;
        }

        TimeSpan granted = requested > options.MaxRetryAfter ? options.MaxRetryAfter : requested;
        return granted > jittered ? granted : jittered;
    }

    /// <summary>Calculates the wait before the next attempt for a record that fails alone while others succeed.</summary>
    /// <remarks>
    /// The first waits are short. Later waits are a share of the time after which the record is given up, so that the number of attempts is
    /// bounded.
    /// </remarks>
    public static TimeSpan DelayAlone(int attempt, TimeSpan? retryAfter, TimeSpan giveUpAfter, CleverTapOptions options, double random)
    {
        TimeSpan delay = Delay(attempt, retryAfter, options, random);
        if (attempt <= EagerAttempts || giveUpAfter == TimeSpan.MaxValue)
        {
            return delay;
        }

        TimeSpan share = giveUpAfter / PatientAttempts;
        return delay > share ? delay : share;
    }
}
