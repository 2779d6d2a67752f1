namespace CleverTap.Rudder.Tests.Delivery;

public sealed class RetryPolicyTests
{
    private static readonly CleverTapOptions Delays = new()
    {
        RetryBaseDelay = TimeSpan.FromSeconds(1),
        RetryMaxDelay = TimeSpan.FromSeconds(10),
        MaxRetryAfter = TimeSpan.FromSeconds(60),
    };

    [TestCase(ResponseStatus.Success, 200, 5, NextStep.Evaluate, NextStep.Evaluate)]
    [TestCase(ResponseStatus.Partial, 200, 5, NextStep.Evaluate, NextStep.Evaluate)]
    [TestCase(ResponseStatus.Fail, 200, 5, NextStep.Evaluate, NextStep.Evaluate)]
    [TestCase(ResponseStatus.Unauthorized, 401, 5, NextStep.Stop, NextStep.Stop)]
    [TestCase(ResponseStatus.Unauthorized, 403, 1, NextStep.Stop, NextStep.Stop)]
    [TestCase(ResponseStatus.BadRequest, 400, 2, NextStep.Split, NextStep.Split)]
    [TestCase(ResponseStatus.BadRequest, 413, 2, NextStep.Split, NextStep.Split)]
    [TestCase(ResponseStatus.BadRequest, 400, 1, NextStep.Reject, NextStep.Reject)]
    [TestCase(ResponseStatus.BadRequest, 413, 1, NextStep.Reject, NextStep.Reject)]
    [TestCase(ResponseStatus.BadRequest, 404, 5, NextStep.GiveUp, NextStep.GiveUp)]
    [TestCase(ResponseStatus.Unavailable, 408, 5, NextStep.IsolateOrWait, NextStep.IsolateOrWait)]
    [TestCase(ResponseStatus.Unavailable, 429, 5, NextStep.Throttle, NextStep.Throttle)]
    [TestCase(ResponseStatus.Unavailable, 503, 1, NextStep.IsolateOrWait, NextStep.IsolateOrWait)]
    [TestCase(ResponseStatus.NotConnected, null, 5, NextStep.IsolateOrWait, NextStep.IsolateOrWait)]
    [TestCase(ResponseStatus.NoResponse, null, 5, NextStep.IsolateOrWait, NextStep.GiveUp)]
    [TestCase(ResponseStatus.Unreadable, 200, 5, NextStep.IsolateOrWait, NextStep.GiveUp)]
    public void After_gives_the_next_step_of_a_response(ResponseStatus status, int? httpStatus, int records, object resend, object report)
    {
        var response = new CleverTapResponse { Status = status, HttpStatus = httpStatus };

        Assert.That(RetryPolicy.DecideNextStep(response, records, LostResponsePolicy.Resend), Is.EqualTo(resend));
        Assert.That(RetryPolicy.DecideNextStep(response, records, LostResponsePolicy.Report), Is.EqualTo(report));
    }

    [TestCase(1, 1.0, 1)]
    [TestCase(2, 1.0, 2)]
    [TestCase(3, 1.0, 4)]
    [TestCase(4, 1.0, 8)]
    [TestCase(5, 1.0, 10)]
    [TestCase(1000, 1.0, 10)]
    [TestCase(int.MaxValue, 1.0, 10)]
    [TestCase(3, 0.5, 2)]
    [TestCase(3, 0.0, 0)]
    public void Delay_is_random_up_to_a_limit_that_doubles_with_each_attempt(int attempt, double random, double seconds) =>
        Assert.That(RetryPolicy.Delay(attempt, retryAfter: null, Delays, random), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase(5, 5)]
    [TestCase(60, 60)]
    [TestCase(3600, 60)]
    [TestCase(0, 1)]
    [TestCase(-5, 1)]
    public void Delay_is_at_least_the_requested_wait_up_to_its_maximum(int requested, int seconds) =>
        Assert.That(RetryPolicy.Delay(1, TimeSpan.FromSeconds(requested), Delays, random: 1), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
}
