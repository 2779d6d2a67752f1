using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Everything that is on its way to CleverTap, and what happens to it: plain state without a clock and without threads. The engine
/// calls it under its lock and delivers the completions that it returns.
/// </summary>
/// <param name="options">The limits and delays.</param>
/// <param name="random">From 0 to 1: the jitter of delays.</param>
internal sealed partial class DeliveryState(CleverTapOptions options, Func<double> random)
{
    private readonly UserPartitioner users = new();
    private readonly UploadScheduler scheduler = new(options);
    private readonly List<Upload> inFlight = [];
    private readonly List<DeliverySource> sources = [];
    private long submitted;

    /// <summary>The uploads in flight.</summary>
    public IReadOnlyList<Upload> InFlight => inFlight;

    /// <summary>How many events have no outcome yet.</summary>
    public int Pending { get; private set; }

    /// <summary>How many ids of users are known: those of pending records.</summary>
    public int KnownIds => users.Count;

    /// <summary>Whether CleverTap refuses the credentials, so that queues wait.</summary>
    public bool IsUnauthorized { get; private set; }

    /// <summary>Whether nothing is sent for some time: CleverTap does not respond as it should, or refuses the credentials.</summary>
    public bool IsPaused(TimeSpan now) => IsUnauthorized || scheduler.IsDown || scheduler.PausedUntil > now;

    public void Open(DeliverySource source, TimeSpan now)
    {
        sources.Add(source);
        if (!source.KeepsEvents && IsUnauthorized)
        {
            // A call asks for itself whether the credentials work by now.
            scheduler.Pause(now);
        }
    }

    /// <summary>Takes a mapped event in.</summary>
    public void Submit(PendingEvent rudderEvent, TimeSpan now)
    {
        UserQueue user = users.Assign(rudderEvent.Ids, Absolve);
        foreach (CleverTapRecord record in rudderEvent.Records)
        {
            user.Add(new PendingRecord(rudderEvent, record, submitted++));
        }

        rudderEvent.User = user;
        rudderEvent.Source.Add(rudderEvent);
        Pending++;
        scheduler.Enqueue(user, now);
    }

    /// <summary>The next upload; null if none may start now.</summary>
    public Upload? Next(TimeSpan now)
    {
        Upload? upload = scheduler.Next(now);
        if (upload is not null)
        {
            inFlight.Add(upload);
        }

        return upload;
    }

    /// <summary>When there may be something to do again without a response or a new event; null if never.</summary>
    public TimeSpan? NextWake(TimeSpan now)
    {
        TimeSpan wake = TimeSpan.MaxValue;
        if (scheduler.NextReady(now) is { } ready)
        {
            wake = ready;
        }

        if (scheduler.PausedUntil > now && Pending > 0 && scheduler.PausedUntil < wake)
        {
            wake = scheduler.PausedUntil;
        }

        foreach (DeliverySource source in sources)
        {
            wake = source.EndedBy is null && source.Pending.Count > 0 && source.Deadline < wake ? source.Deadline : wake;
        }

        return wake == TimeSpan.MaxValue ? null : wake;
    }

    /// <summary>A response has come, or none will.</summary>
    /// <returns>The final outcomes that follow from it, and the wait before the next attempt if there is one.</returns>
    public UploadResult Complete(Upload upload, CleverTapResponse? response, TimeSpan now)
    {
        inFlight.Remove(upload);
        scheduler.End(response?.HttpStatus == RetryPolicy.TooManyRequests);
        List<EventCompletion> completed = [];
        foreach (SuspectPart part in upload.Parts)
        {
            part.User.Current().InFlight--;
        }

        TimeSpan? delay = response is null ? Return(upload) : React(upload, response, now, completed);
        foreach (PendingRecord record in upload.Records)
        {
            if (record.Event.Source.EndedBy is { } ended)
            {
                record.Event.Fail(OwnFailure(record.Event, ended) ?? ended, completed);
            }

            if (record.Event.IsUserDeleted)
            {
                record.Event.Filter(completed);
            }
        }

        foreach (SuspectPart part in upload.Parts)
        {
            Release(part.User.Current(), now);
        }

        if (upload.Suspects is { } group)
        {
            scheduler.Enqueue(group);
        }

        Forget(completed);
        return new UploadResult(completed, delay);
    }

    /// <summary>The source takes no more events, and all that are pending get this outcome now, those in flight too.</summary>
    public List<EventCompletion> End(DeliverySource source, DeliveryFailure failure)
    {
        List<EventCompletion> completed = [];
        End(source, failure, completed);
        foreach (PendingEvent pending in source.Pending)
        {
            pending.Fail(failure, completed);
        }

        foreach (Upload upload in inFlight.Where(upload => upload.IsAbandoned))
        {
            upload.Cancel();
        }

        Forget(completed);
        return completed;
    }

    public DeliverySource[] Sources() => [.. sources];

    /// <summary>Events that are not in flight get this outcome; those in flight get it if they fail.</summary>
    public List<EventCompletion> Withdraw(DeliverySource source, DeliveryFailure failure)
    {
        List<EventCompletion> completed = [];
        End(source, failure, completed);
        Forget(completed);
        return completed;
    }

    /// <summary>Users' events that are not in flight are filtered now, those in flight if they are not final with the response.</summary>
    /// <returns>The outcomes, and the events in flight.</returns>
    public (List<EventCompletion> Completed, List<PendingEvent> InFlight) Remove(UserSet users)
    {
        List<EventCompletion> completed = [];
        List<PendingEvent> sent = [];
        HashSet<PendingEvent> allSent = Sent();
        foreach (PendingEvent pending in sources.SelectMany(source => source.Pending).Where(pending => users.Matches(pending.Ids)))
        {
            pending.IsUserDeleted = true;
            if (allSent.Contains(pending))
            {
                sent.Add(pending);
            }
            else
            {
                pending.Filter(completed);
            }
        }

        Forget(completed);
        return (completed, sent);
    }

    /// <summary>Ends every source.</summary>
    public List<EventCompletion> EndAll(DeliveryFailure failure)
    {
        List<EventCompletion> completed = [.. sources.SelectMany(source => End(source, failure))];
        foreach (Upload upload in inFlight)
        {
            upload.Cancel();
        }

        return completed;
    }

    /// <summary>Ends the calls whose deadline has passed.</summary>
    public List<EventCompletion> Expire(TimeSpan now)
    {
        List<EventCompletion> completed = [];
        foreach (DeliverySource source in sources.FindAll(source => source.Deadline <= now && source.EndedBy is null))
        {
            End(source, DeliveryFailure.Deadline, completed);
        }

        Forget(completed);
        return completed;
    }

    /// <summary>The source has no pending events and gets no more.</summary>
    public void Close(DeliverySource source) => sources.Remove(source);

    /// <summary>Ends the calls that have made their attempts, or whose deadline comes before the next one.</summary>
    private bool EndCalls(DeliveryFailure failure, TimeSpan delay, TimeSpan now, List<EventCompletion> completed)
    {
        foreach (
            DeliverySource source in sources.FindAll(source => !source.KeepsEvents && source.Pending.Count > 0 && source.EndedBy is null)
        )
        {
            source.Attempts++;
            if (source.Attempts >= source.MaxAttempts || source.IsTooLate(now, delay))
            {
                End(source, failure, completed);
            }
        }

        return Pending == completed.Count;
    }

    /// <summary>The events that are not in flight get their outcome; those in flight get theirs with the response.</summary>
    private void End(DeliverySource source, DeliveryFailure failure, List<EventCompletion> completed)
    {
        source.EndedBy ??= failure;
        HashSet<PendingEvent> sent = Sent();
        HashSet<UserQueue> behind = [];
        foreach (PendingEvent pending in source.Pending)
        {
            if (!sent.Contains(pending))
            {
                bool isFirst = behind.Add(pending.User.Current());
                pending.Fail(OwnFailure(pending, failure) ?? (isFirst ? failure : DeliveryFailure.SkippedToPreserveOrder), completed);
            }
        }
    }

    /// <summary>The events in flight.</summary>
    private HashSet<PendingEvent> Sent() => [.. inFlight.SelectMany(upload => upload.Records).Select(record => record.Event)];

    /// <summary>Why this very event is not delivered; null if it was not sent.</summary>
    private static DeliveryFailure? OwnFailure(PendingEvent pending, DeliveryFailure failure) =>
        failure.EndsAll ? failure : pending.LastFailure;

    /// <summary>A user is not under suspicion any more.</summary>
    private static void Absolve(UserQueue user) => user.Suspects?.Remove(user);

    private static void Absolve(Upload upload, int count)
    {
        foreach (SuspectPart part in upload.Parts)
        {
            upload.Suspects?.Settle(part.User.Current(), Math.Min(count, part.Count));
        }
    }

    private static void RememberFailure(Upload upload, DeliveryFailure failure)
    {
        foreach (PendingRecord record in upload.Records)
        {
            record.Event.LastFailure = failure;
        }
    }

    private void Release(UserQueue user, TimeSpan now)
    {
        if (user.InFlight == 0)
        {
            scheduler.Enqueue(user, now);
            Forget(user);
        }
    }

    private void Forget(UserQueue user)
    {
        if (user.InFlight == 0 && user.IsEmpty)
        {
            Absolve(user);
            users.Remove(user);
        }
    }

    private void Forget(List<EventCompletion> completed)
    {
        foreach (EventCompletion completion in completed)
        {
            if (completion.Event.Source.Remove(completion.Event))
            {
                Pending--;
                Forget(completion.Event.User.Current());
            }
        }
    }
}
