namespace CleverTap.Rudder.Internal.Client;

/// <summary>What to do after a response and how long to wait before the next try: pure functions, no clock.</summary>
internal static class RetryPolicy
{
    /// <summary>CleverTap's record code for an error of its own.</summary>
    public const int TransientRecordCode = 555;

    /// <summary>HTTP 429.</summary>
    public const int TooManyRequests = 429;

    private const int MaxDoublings = 30;

    /// <summary>After so many attempts, a record that fails alone is tried at most another thirty times until it is given up.</summary>
    private const int EagerAttempts = 8;
    private const int PatientAttempts = 30;

    /// <summary>Whether CleverTap answered record by record.</summary>
    public static bool IsPerRecord(ResponseStatus status) =>
        status is ResponseStatus.Success or ResponseStatus.Partial or ResponseStatus.Fail;

    public static NextStep After(CleverTapResponse result, int records, LostResponsePolicy lostResponses) =>
        result.Status switch
        {
            ResponseStatus.Success or ResponseStatus.Partial or ResponseStatus.Fail => NextStep.Evaluate,
            ResponseStatus.Unavailable when result.HttpStatus == TooManyRequests => NextStep.Throttle,
            ResponseStatus.Unauthorized => NextStep.Stop,
            ResponseStatus.BadRequest when result.HttpStatus is 400 or 413 => records > 1 ? NextStep.Split : NextStep.Reject,
            ResponseStatus.BadRequest => NextStep.GiveUp,
            ResponseStatus.Unreadable when ResponseEvaluator.AddsUp(result, records) => NextStep.GiveUp,
            ResponseStatus.NoResponse or ResponseStatus.Unreadable when lostResponses == LostResponsePolicy.Report => NextStep.GiveUp,
            _ => NextStep.Retry,
        };

    /// <summary>
    /// Full jitter: anything up to the base delay doubled with each attempt, and up to the cap. Where CleverTap says how
    /// long to wait, not less than that, within a cap of its own.
    /// </summary>
    /// <param name="attempt">How many tries have failed, from 1.</param>
    /// <param name="retryAfter">What CleverTap asked for, if anything.</param>
    /// <param name="options">The delays.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? retryAfter, CleverTapOptions options, double random)
    {
        double most = Math.Min(
            options.RetryMaxDelay.TotalMilliseconds,
            options.RetryBaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, MaxDoublings))
        );
        TimeSpan jittered = TimeSpan.FromMilliseconds(most * random);
        if (retryAfter is not { } asked)
        {
            return jittered;
        }

        TimeSpan honoured = asked > options.MaxRetryAfter ? options.MaxRetryAfter : asked;
        return honoured > jittered ? honoured : jittered;
    }

    /// <summary>
    /// The wait before a record is sent again that fails alone while others succeed: short at first, and then a share of the time after
    /// which it is given up, so that the number of attempts is bounded.
    /// </summary>
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
