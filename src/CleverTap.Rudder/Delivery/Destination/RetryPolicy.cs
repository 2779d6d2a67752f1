namespace CleverTap.Rudder;

/// <summary>What to do after an answer and how long to wait before the next try: pure functions, no clock.</summary>
internal static class RetryPolicy
{
    /// <summary>CleverTap's record code for an error of its own.</summary>
    public const int TransientRecordCode = 555;

    private const int MostDoublings = 30;

    public static NextStep After(CleverTapAnswer result, int records, LostAnswers lostAnswers) => result.Status switch
    {
        AnswerStatus.Success or AnswerStatus.Partial or AnswerStatus.Fail => NextStep.Judge,
        AnswerStatus.Unauthorized => NextStep.Stop,
        AnswerStatus.BadRequest when result.HttpStatus is 400 or 413 => records > 1 ? NextStep.Split : NextStep.Reject,
        AnswerStatus.BadRequest => NextStep.GiveUp,
        AnswerStatus.NoAnswer or AnswerStatus.Unreadable when lostAnswers == LostAnswers.Report => NextStep.GiveUp,
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
        double most = Math.Min(options.RetryMaxDelay.TotalMilliseconds, options.RetryBaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, MostDoublings)));
        TimeSpan jittered = TimeSpan.FromMilliseconds(most * random);
        if (retryAfter is not { } asked) return jittered;
        TimeSpan honoured = asked > options.MaxRetryAfter ? options.MaxRetryAfter : asked;
        return honoured > jittered ? honoured : jittered;
    }
}
