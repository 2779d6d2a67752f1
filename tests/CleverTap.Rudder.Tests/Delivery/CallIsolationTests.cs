namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Decisions of the engine for a call with few attempts in which some users make each upload fail.</summary>
public sealed class CallIsolationTests
{
    private const int RecordsPerUpload = 200;
    private const int Window = 600;

    private static readonly double[] Latencies = [0.2, 1, 5, 20, 100];

    [TestCase(20, 20, 2, 3)]
    [TestCase(5000, 99, 2, 3)]
    [TestCase(5000, 99, 2, 2)]
    [TestCase(1000, 1000, 20, 3)]
    [TestCase(1000, 1000, 2, 1)]
    public void Users_that_always_fail_cost_a_call_no_event_of_another_user(int events, int users, int failing, int maxAttempts)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            string[] names = [.. Enumerable.Range(0, events).Select(index => $"u{index % users}")];
            HashSet<string> poison = [.. Enumerable.Range(0, failing).Select(index => $"u{(index + seed) % users}")];

            List<EventCompletion> completed = Run(names, poison, maxAttempts, random);

            string[] lost = [.. completed.Where(one => one.Outcome.Kind != OutcomeKind.Delivered).Select(one => one.Event.Event.UserId!)];
            Assert.That(lost.Except(poison), Is.Empty, $"seed {seed}");
            Assert.That(lost, Has.Length.EqualTo(names.Count(poison.Contains)), $"seed {seed}");
        }
    }

    [TestCase(1, 3, 3)]
    [TestCase(2, 3, 5)]
    [TestCase(1000, 3, 8)]
    [TestCase(1000, 1, 6)]
    [TestCase(1000, 8, 13)]
    public void An_outage_ends_a_call_after_few_uploads(int users, int maxAttempts, int expectedUploads)
    {
        string[] names = [.. Enumerable.Range(0, users).Select(index => $"u{index}")];
        int uploads = 0;

        List<EventCompletion> completed = Run(names, [.. names], maxAttempts, new Random(1), maxInFlight: 1, () => uploads++);

        Assert.That(completed, Has.Count.EqualTo(users));
        Assert.That(uploads, Is.EqualTo(expectedUploads));
    }

    [Test]
    public void Call_without_a_connection_ends_after_the_attempts_of_one_event()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(index => $"u{index}")];
        var down = new CleverTapResponse { Status = ResponseStatus.NotConnected };
        int uploads = 0;

        Run(names, [.. names], maxAttempts: 3, new Random(1), maxInFlight: 1, () => uploads++, failed: down);

        Assert.That(uploads, Is.EqualTo(3));
    }

    [TestCase(0, 3)]
    [TestCase(0, 8)]
    [TestCase(1, 3)]
    [TestCase(7, 8)]
    [TestCase(999, 3)]
    [TestCase(0, 3, 1)]
    [TestCase(0, 8, 1)]
    public void Event_that_always_fails_costs_its_user_no_other_event(int failing, int maxAttempts, int window = Window)
    {
        string[] names = [.. Enumerable.Repeat("u", 1000)];

        List<EventCompletion> completed = Run(names, [], maxAttempts, new Random(1), poisonIndex: failing, window: window);

        EventCompletion lost = completed.Single(one => one.Outcome.Kind != OutcomeKind.Delivered);
        Assert.That((completed.Count, lost.Event.Index), Is.EqualTo((1000, failing)));
    }

    private static List<EventCompletion> Run(
        string[] names,
        HashSet<string> poison,
        int maxAttempts,
        Random random,
        int maxInFlight = 3,
        Action? started = null,
        int poisonIndex = -1,
        int window = Window,
        CleverTapResponse? failed = null
    )
    {
        TimeSpan now = TimeSpan.Zero;
        TimeSpan latency = TimeSpan.FromMilliseconds(Latencies[random.Next(Latencies.Length)]);
        CleverTapOptions options = new()
        {
            MaxBatchRecords = RecordsPerUpload,
            MaxInFlight = maxInFlight,
            MaxAttempts = maxAttempts,
            RetryBaseDelay = TimeSpan.FromMilliseconds(5),
            RetryMaxDelay = TimeSpan.FromMilliseconds(50),
        };
        var state = new DeliveryState(options, random.NextDouble);
        DeliverySource call = new(_ => { }) { MaxAttempts = maxAttempts };
        state.Open(call, now);
        int submitted = 0;
        List<EventCompletion> completed = [];
        PriorityQueue<Upload, TimeSpan> uploads = new();
        while (completed.Count < names.Length)
        {
            for (; submitted < names.Length && state.Pending < window; submitted++)
            {
                Submit(state, call, submitted, names[submitted], now, completed);
            }

            while (state.Next(now) is { } upload)
            {
                started?.Invoke();
                uploads.Enqueue(upload, now + (latency * (0.5 + random.NextDouble())));
            }

            bool isInFlight = uploads.TryPeek(out _, out TimeSpan due);
            TimeSpan wake = state.NextWake(now) ?? TimeSpan.MaxValue;
            if (!isInFlight || wake < due)
            {
                now = wake > now ? wake : now + TimeSpan.FromTicks(1);
                continue;
            }

            now = due;
            completed.AddRange(state.Complete(uploads.Peek(), Respond(uploads.Dequeue(), poison, poisonIndex, failed), now).Completed);
        }

        return completed;
    }

    private static void Submit(
        DeliveryState state,
        DeliverySource call,
        int index,
        string user,
        TimeSpan now,
        List<EventCompletion> completed
    )
    {
        var rudderEvent = new TrackEvent { UserId = user, Event = "e" };
        var pending = new PendingEvent(call, index, rudderEvent, CleverTapTransformer.Default.Transform(rudderEvent));
        if (call.EndedBy is { } failure)
        {
            pending.Fail(failure, completed);
        }
        else
        {
            state.Submit(pending, now);
        }
    }

    private static CleverTapResponse Respond(Upload upload, HashSet<string> poison, int poisonIndex, CleverTapResponse? failed) =>
        upload.Records.Exists(record => record.Event.Index == poisonIndex || poison.Contains(record.Event.Event.UserId!))
            ? failed ?? new CleverTapResponse { Status = ResponseStatus.Unavailable, HttpStatus = 500 }
            : new CleverTapResponse
            {
                Status = ResponseStatus.Success,
                HttpStatus = 200,
                Processed = upload.Count,
            };
}
