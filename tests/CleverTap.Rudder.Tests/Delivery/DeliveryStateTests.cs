namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The decisions of the engine after each response.</summary>
public sealed class DeliveryStateTests
{
    private static readonly CleverTapResponse Success = new()
    {
        Status = ResponseStatus.Success,
        HttpStatus = 200,
        Processed = 1,
    };
    private static readonly CleverTapResponse Failed = new() { Status = ResponseStatus.Unavailable, HttpStatus = 500 };
    private static readonly CleverTapResponse Busy = new() { Status = ResponseStatus.Unavailable, HttpStatus = 429 };

    private readonly CleverTapOptions options = new()
    {
        MaxBatchRecords = 1,
        MaxInFlight = 2,
        RetryBaseDelay = TimeSpan.FromSeconds(1),
        RetryMaxDelay = TimeSpan.FromSeconds(10),
    };

    [Test]
    public void Throttled_attempts_do_not_lengthen_the_delay_of_a_record_that_fails_alone()
    {
        TimeSpan now = TimeSpan.Zero;
        var state = new DeliveryState(options, () => 1);
        var queue = new DeliverySource(_ => { }) { KeepsEvents = true, GiveUpAfter = TimeSpan.FromHours(3) };
        state.Open(queue, now);
        Submit(state, queue, "throttled", now);
        for (int attempt = 0; attempt < 20; attempt++)
        {
            now += TimeSpan.FromMinutes(1);
            state.Complete(state.Next(now)!, Busy, now);
        }

        // Two uploads at a time again, after a response that is not 429.
        Submit(state, queue, "other", now);
        state.Complete(state.Next(now)!, Success, now);
        now += TimeSpan.FromMinutes(1);
        Upload throttled = state.Next(now)!;
        Submit(state, queue, "other", now);
        state.Complete(state.Next(now)!, Success, now);

        UploadResult result = state.Complete(throttled, Failed, now);

        Assert.That(throttled.Records[0].Event.Event.UserId, Is.EqualTo("throttled"));
        Assert.That(result.Delay, Is.EqualTo(options.RetryBaseDelay));
    }

    [Test]
    public void State_forgets_the_other_users_while_one_user_is_stuck_for_an_hour()
    {
        TimeSpan now = TimeSpan.Zero;
        var state = new DeliveryState(options, () => 1);
        var queue = new DeliverySource(_ => { }) { KeepsEvents = true, GiveUpAfter = TimeSpan.FromHours(3) };
        state.Open(queue, now);
        Submit(state, queue, "stuck", now);
        int attempts = 0;
        for (int other = 0; now < TimeSpan.FromHours(1); now += TimeSpan.FromSeconds(1))
        {
            Submit(state, queue, $"other-{other++}", now);
            while (state.Next(now) is { } upload)
            {
                bool isStuck = upload.Records[0].Event.Event.UserId == "stuck";
                attempts += isStuck ? 1 : 0;
                state.Complete(upload, isStuck ? Failed : Success, now);
            }

            Assert.That(state.KnownIds, Is.LessThanOrEqualTo(3));
        }

        Assert.That((state.Pending, state.KnownIds, queue.Count), Is.EqualTo((1, 1, 1)));
        Assert.That(attempts, Is.InRange(8, 60));
    }

    private static void Submit(DeliveryState state, DeliverySource queue, string user, TimeSpan now)
    {
        var rudderEvent = new TrackEvent { UserId = user, Event = "e" };
        var pending = new PendingEvent(queue, 0, rudderEvent, CleverTapTransformer.Default.Transform(rudderEvent));
        state.Submit(pending, now);
    }
}
