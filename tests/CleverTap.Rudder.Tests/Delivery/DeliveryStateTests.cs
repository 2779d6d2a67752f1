namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The engine's decisions, one response at a time.</summary>
public sealed class DeliveryStateTests
{
    private static readonly CleverTapResponse Success = new() { Status = ResponseStatus.Success, HttpStatus = 200, Processed = 1 };
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
    public void A_record_that_CleverTap_was_too_busy_for_goes_again_soon_when_it_fails_alone()
    {
        TimeSpan now = TimeSpan.Zero;
        var state = new DeliveryState(options, () => 1);
        var queue = new DeliverySource(_ => { }) { KeepsEvents = true, GiveUpAfter = TimeSpan.FromHours(3) };
        state.Open(queue, now);
        Submit("throttled");
        for (int attempt = 0; attempt < 20; attempt++)
        {
            now += TimeSpan.FromMinutes(1);
            state.Complete(state.Next(now)!, Busy, now);
        }

        // Two uploads at a time again, after a response that is not 429.
        Submit("other");
        state.Complete(state.Next(now)!, Success, now);
        now += TimeSpan.FromMinutes(1);
        Upload throttled = state.Next(now)!;
        Submit("other");
        state.Complete(state.Next(now)!, Success, now);

        UploadResult result = state.Complete(throttled, Failed, now);

        Assert.That(throttled.Records[0].Event.Event.UserId, Is.EqualTo("throttled"));
        Assert.That(result.Delay, Is.EqualTo(options.RetryBaseDelay));

        void Submit(string user)
        {
            var rudderEvent = new TrackEvent { UserId = user, Event = "e" };
            var pending = new PendingEvent(queue, 0, rudderEvent, CleverTapTransformer.Default.Transform(rudderEvent));
            state.Submit(pending, now);
        }
    }
}
