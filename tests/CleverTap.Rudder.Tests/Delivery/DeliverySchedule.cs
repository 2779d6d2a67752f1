namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>
/// A random schedule on a simulated clock: it submits events of a few users, some of which connect two users, completes uploads with
/// successful, late, failed or lost responses, and advances the time. It checks the invariants after each step.
/// </summary>
internal sealed class DeliverySchedule
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly Random random;
    private readonly CleverTapOptions options;
    private readonly DeliveryState state;
    private readonly List<DeliverySource> sources = [];
    private readonly List<(Upload Upload, TimeSpan Due)> uploads = [];
    private readonly Dictionary<string, int> stored = [];
    private readonly Dictionary<string, List<string>> storedOfUser = [];
    private readonly Dictionary<string, List<string>> submittedOfUser = [];
    private readonly HashSet<string> lost = [];
    private readonly HashSet<string> poison = [];
    private readonly double badness;
    private readonly double links;
    private TimeSpan now;
    private TimeSpan downUntil;

    public DeliverySchedule(int seed)
    {
        random = new Random(seed);
        badness = random.NextDouble() * 0.6;
        links = random.Next(2) * random.NextDouble() * 0.5;
        options = new CleverTapOptions
        {
            MaxBatchRecords = random.Next(1, 20),
            MaxInFlight = random.Next(1, 5),
            MaxAttempts = random.Next(1, 8),
            RetryBaseDelay = TimeSpan.FromMilliseconds(random.Next(1, 200)),
            RetryMaxDelay = TimeSpan.FromSeconds(2),
        };
        state = new DeliveryState(options, random.NextDouble);
    }

    public Dictionary<string, List<EventOutcome>> Outcomes { get; } = [];

    public int Submitted { get; private set; }

    /// <summary>Runs until every event has its outcome.</summary>
    public void Run()
    {
        sources.Add(Queue());
        sources.Add(Call());
        foreach (DeliverySource source in sources)
        {
            state.Open(source, now);
        }

        int events = random.Next(1, 120);
        for (int step = 0; Submitted < events || state.Pending > 0; step++)
        {
            Check(step < 20_000, "everything ends");
            if (step == 5_000)
            {
                // A queue keeps a failing event while no other upload succeeds, which would show that CleverTap works.
                poison.Clear();
            }

            if (Submitted < events)
            {
                Submit(random.Next(0, 10));
            }

            Complete(state.Expire(now));
            Start();
            Respond();
            now += random.Next(4) == 0 ? Step : TimeSpan.FromTicks(Math.Max(1, (state.NextWake(now) - now ?? Step).Ticks));
        }

        CheckEnd(events);
    }

    private DeliverySource Queue() =>
        new(_ => { })
        {
            KeepsEvents = true,
            GiveUpAfter = TimeSpan.FromSeconds(random.Next(0, 5)),
            MinAttempts = random.Next(1, 4),
            UnauthorizedPause = TimeSpan.FromSeconds(1),
        };

    private DeliverySource Call() =>
        new(_ => { }) { MaxAttempts = options.MaxAttempts, Deadline = now + TimeSpan.FromSeconds(random.Next(1, 600)) };

    private void Submit(int count)
    {
        for (int index = 0; index < count; index++)
        {
            DeliverySource source = sources[random.Next(sources.Count)];
            string id = $"m{Submitted}";
            string user = $"u{random.Next(6)}";
            if (random.Next(40) == 0)
            {
                poison.Add(id);
            }

            var rudderEvent = new TrackEvent
            {
                MessageId = id,
                UserId = user,
                AnonymousId = random.NextDouble() < links ? $"a{random.Next(6)}" : null,
                Event = "e",
            };
            var pending = new PendingEvent(source, Submitted, rudderEvent, CleverTapTransformer.Default.Transform(rudderEvent));
            Submitted++;
            if (source.EndedBy is { } failure)
            {
                List<EventCompletion> completed = [];
                pending.Fail(failure, completed);
                Complete(completed);
                continue;
            }

            submittedOfUser.TryAdd(user, []);
            submittedOfUser[user].Add(id);
            state.Submit(pending, now);
        }
    }

    private void Start()
    {
        while (state.Next(now) is { } upload)
        {
            uploads.Add((upload, now + (Step * random.Next(0, 6))));
            Check(uploads.Count <= options.MaxInFlight, "the cap of uploads in flight holds");
            Check(upload.Count is > 0 && upload.Count <= options.MaxBatchRecords, "an upload holds records, up to the limit");
            string?[] users =
            [
                .. uploads
                    .SelectMany(one => one.Upload.Records.Select(record => (one.Upload, record.Event.Event.UserId)).Distinct())
                    .Select(one => one.UserId),
            ];
            Check(users.Distinct().Count() == users.Length, "a user is in one upload at a time");
        }
    }

    private void Respond()
    {
        foreach ((Upload upload, _) in uploads.FindAll(one => one.Due <= now))
        {
            uploads.RemoveAll(one => one.Upload == upload);
            if (random.NextDouble() < badness / 20)
            {
                downUntil = now + TimeSpan.FromSeconds(random.Next(1, 20));
            }

            UploadResult result = state.Complete(upload, Response(upload), now);
            Complete(result.Completed);
        }
    }

    private CleverTapResponse Response(Upload upload)
    {
        if (now < downUntil || upload.Records.Exists(record => poison.Contains(Id(record))))
        {
            return new CleverTapResponse { Status = ResponseStatus.Unavailable, HttpStatus = 500 };
        }

        if (random.NextDouble() >= badness)
        {
            return Accept(upload);
        }

        switch (random.Next(7))
        {
            case 0:
                return new CleverTapResponse { Status = ResponseStatus.Unavailable, HttpStatus = 429 };
            case 1:
                return new CleverTapResponse
                {
                    Status = ResponseStatus.Unavailable,
                    HttpStatus = 503,
                    RetryAfter = TimeSpan.FromSeconds(1),
                };
            case 2:
                return new CleverTapResponse { Status = ResponseStatus.NotConnected };
            case 3:
                return new CleverTapResponse { Status = ResponseStatus.BadRequest, HttpStatus = 400 };
            case 4 when random.Next(10) == 0:
                return new CleverTapResponse { Status = ResponseStatus.Unauthorized, HttpStatus = 401 };
            case 5:
                int index = random.Next(upload.Count);
                Store(upload, except: index);
                return new CleverTapResponse
                {
                    Status = ResponseStatus.Partial,
                    HttpStatus = 200,
                    Processed = upload.Count - 1,
                    Unprocessed = [new UnprocessedRecord(index + 1, random.Next(2) == 0 ? 512 : 555, "No")],
                };
            default:
                Accept(upload);
                lost.UnionWith(upload.Records.Select(Id));
                return new CleverTapResponse { Status = ResponseStatus.NoResponse };
        }
    }

    private CleverTapResponse Accept(Upload upload)
    {
        Store(upload, except: -1);
        return new CleverTapResponse
        {
            Status = ResponseStatus.Success,
            HttpStatus = 200,
            Processed = upload.Count,
        };
    }

    private void Store(Upload upload, int except)
    {
        for (int index = 0; index < upload.Count; index++)
        {
            string id = Id(upload.Records[index]);
            if (index == except)
            {
                lost.Add(id);
                continue;
            }

            stored[id] = stored.GetValueOrDefault(id) + 1;
            if (stored[id] == 1)
            {
                string user = upload.Records[index].Event.Event.UserId!;
                storedOfUser.TryAdd(user, []);
                storedOfUser[user].Add(id);
            }
        }
    }

    private void Complete(List<EventCompletion> completed)
    {
        foreach (EventCompletion completion in completed)
        {
            string id = completion.Event.Event.MessageId!;
            Outcomes.TryAdd(id, []);
            Outcomes[id].Add(completion.Outcome);
        }
    }

    private void CheckEnd(int events)
    {
        Check(Outcomes.Count >= events && Outcomes.Values.All(outcomes => outcomes.Count == 1), "each event has one outcome");
        Check(state.KnownIds == 0, "no user is remembered without pending records");
        foreach ((string id, List<EventOutcome> outcomes) in Outcomes)
        {
            int times = stored.GetValueOrDefault(id);
            EventOutcome outcome = outcomes[0];
            Check(outcome.Kind != OutcomeKind.Delivered || times > 0, "what is Delivered is stored");
            Check(
                outcome.Kind == OutcomeKind.Delivered || times == 0 || lost.Contains(id),
                "what is not Delivered is stored only if its response was lost"
            );
            Check(times <= 1 || lost.Contains(id), "nothing is stored twice unless its response was lost");
        }

        foreach ((string user, List<string> ids) in storedOfUser)
        {
            // A record that CleverTap rejected with code 555 is sent again after those of its upload.
            string[] inOrder = [.. ids.Where(id => !lost.Contains(id))];
            string[] expected = [.. submittedOfUser[user].Where(inOrder.Contains)];
            Check(inOrder.SequenceEqual(expected), "a user's events are stored in their order");
        }
    }

    private static string Id(PendingRecord record) => record.Event.Event.MessageId!;

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Broken: {what}");
        }
    }
}
