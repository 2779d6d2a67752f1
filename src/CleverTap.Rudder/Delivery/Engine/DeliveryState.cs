namespace CleverTap.Rudder;

/// <summary>
/// Everything that is on its way to CleverTap, and what happens to it: plain state without a clock and without threads. The engine
/// calls it under its lock and delivers the completions that it returns.
/// </summary>
/// <param name="options">The limits and delays.</param>
/// <param name="random">From 0 to 1: the jitter of delays.</param>
internal sealed class DeliveryState(CleverTapOptions options, Func<double> random)
{
    private readonly UserPartitioner users = new();
    private readonly UploadScheduler scheduler = new(options);
    private readonly List<Upload> inFlight = [];
    private readonly List<DeliverySource> sources = [];
    private readonly Dictionary<PendingEvent, LinkedListNode<PendingEvent>> nodes = [];
    private long submitted;

    /// <summary>The uploads in flight.</summary>
    public IReadOnlyList<Upload> InFlight => inFlight;

    /// <summary>How many events have no outcome yet.</summary>
    public int Pending => nodes.Count;

    /// <summary>How many ids of users are known: those of pending records.</summary>
    public int KnownIds => users.Count;

    /// <summary>Whether CleverTap refuses the credentials, so that queues wait.</summary>
    public bool IsUnauthorized { get; private set; }

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
    public void Submit(PendingEvent rudderEvent, EventIds ids, TimeSpan now)
    {
        UserQueue user = users.Assign(ids, Absolve);
        foreach (CleverTapRecord record in rudderEvent.Records)
        {
            user.Add(new PendingRecord(rudderEvent, record, submitted++));
        }

        rudderEvent.User = user;
        nodes.Add(rudderEvent, rudderEvent.Source.Add(rudderEvent));
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

        if (scheduler.PausedUntil > now && nodes.Count > 0 && scheduler.PausedUntil < wake)
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
            upload.Cancellation.Cancel();
        }

        Forget(completed);
        return completed;
    }

    /// <summary>The sources that keep their events.</summary>
    public DeliverySource[] Queues() => [.. sources.Where(source => source.KeepsEvents)];

    /// <summary>Events that are not in flight get this outcome; those in flight get it if they fail.</summary>
    public List<EventCompletion> Withdraw(DeliverySource source, DeliveryFailure failure)
    {
        List<EventCompletion> completed = [];
        End(source, failure, completed);
        Forget(completed);
        return completed;
    }

    /// <summary>Ends every source.</summary>
    public List<EventCompletion> EndAll(DeliveryFailure failure)
    {
        List<EventCompletion> completed = [.. sources.SelectMany(source => End(source, failure))];
        foreach (Upload upload in inFlight)
        {
            upload.Cancellation.Cancel();
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

    private TimeSpan? React(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        switch (RetryPolicy.After(response, upload.Count, options.LostResponses))
        {
            case NextStep.Evaluate:
                return Evaluate(upload, response, now, completed);
            case NextStep.Split:
                scheduler.Succeeded();
                Return(upload);
                Halve(upload);
                return TimeSpan.Zero;
            case NextStep.Reject:
                scheduler.Succeeded();
                upload.Records[0].Event.Reject(response.HttpStatus ?? 0, response.Error ?? "CleverTap refused the record", completed);
                Absolve(upload, 1);
                return null;
            case NextStep.GiveUp:
                GiveUp(upload, DeliveryFailure.From(response), now, completed);
                return null;
            case NextStep.Stop:
                return Stop(upload, DeliveryFailure.From(response), now, completed);
            case NextStep.Throttle:
                return Throttle(upload, response, now, completed);
            default:
                return Retry(upload, response, now, completed);
        }
    }

    /// <summary>CleverTap has answered record by record.</summary>
    private TimeSpan? Evaluate(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        scheduler.Succeeded();
        IsUnauthorized = false;
        RecordVerdict[] verdicts = ResponseEvaluator.Decide(response, upload.Records, options);
        foreach (DeliverySource source in sources)
        {
            source.Attempts = 0;
        }

        List<PendingRecord> again = [];
        TimeSpan delay = TimeSpan.Zero;
        for (int index = 0; index < verdicts.Length; index++)
        {
            PendingRecord record = upload.Records[index];
            switch (verdicts[index].Kind)
            {
                case RecordVerdictKind.Accepted:
                    record.Event.Accept(completed);
                    break;
                case RecordVerdictKind.Rejected:
                    record.Event.Reject(verdicts[index].Code, verdicts[index].Error, completed);
                    break;
                default:
                    record.Record = verdicts[index].Replacement!;
                    again.Add(record);
                    delay = Again(record, verdicts[index], delay);
                    break;
            }
        }

        if (upload.Suspects is not null)
        {
            Absolve(upload, int.MaxValue);
        }

        if (again.Count == 0)
        {
            return null;
        }

        ReturnRefused(upload, verdicts, now + delay);
        return delay;
    }

    /// <summary>The records that are sent again go back to their users, who wait.</summary>
    private static void ReturnRefused(Upload upload, RecordVerdict[] verdicts, TimeSpan waitUntil)
    {
        for (int index = verdicts.Length - 1; index >= 0; index--)
        {
            if (verdicts[index].Kind == RecordVerdictKind.Again)
            {
                UserQueue user = upload.Records[index].Event.User.Current();
                user.Return(upload.Records[index]);
                user.WaitUntil = waitUntil;
            }
        }
    }

    /// <summary>A repaired profile goes again at once; an error of CleverTap's own is waited for.</summary>
    private TimeSpan Again(PendingRecord record, RecordVerdict verdict, TimeSpan delay)
    {
        if (verdict.OmittedField is { } field)
        {
            record.Event.Omit(field, verdict.Code);
            return delay;
        }

        record.TransientErrors++;
        TimeSpan wait = RetryPolicy.Delay(record.TransientErrors, null, options, random());
        return wait > delay ? wait : delay;
    }

    /// <summary>The upload failed as a whole: it is halved while others get through, and CleverTap is down if nothing does.</summary>
    private TimeSpan? Retry(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        DeliveryFailure failure = DeliveryFailure.From(response);
        Note(upload, failure);
        if (scheduler.Successes <= upload.Evidence && !IsOnlyIsolatedLeft(upload))
        {
            return GoDown(upload, failure, response.RetryAfter, now, completed);
        }

        Return(upload);
        if (upload.Count > 1)
        {
            Halve(upload);
            return TimeSpan.Zero;
        }

        return RetryAlone(upload, failure, response.RetryAfter, now, completed);
    }

    /// <summary>
    /// Whether the record has failed alone while others succeeded, and no user is left who could show that CleverTap works: a partition
    /// that is full waits for just this record. It counts as failing alone again.
    /// </summary>
    private bool IsOnlyIsolatedLeft(Upload upload)
    {
        if (upload.Count > 1 || upload.Records[0].Event.FirstFailure is null)
        {
            return false;
        }

        HashSet<UserQueue> isolated = [.. nodes.Keys.Where(pending => pending.FirstFailure is not null).Select(pending => pending.User.Current())];
        return nodes.Keys.All(pending => isolated.Contains(pending.User.Current()));
    }

    /// <summary>A record that fails alone while others succeed.</summary>
    private TimeSpan? RetryAlone(Upload upload, DeliveryFailure failure, TimeSpan? retryAfter, TimeSpan now, List<EventCompletion> completed)
    {
        PendingEvent rudderEvent = upload.Records[0].Event;
        rudderEvent.Attempts++;
        rudderEvent.FirstFailure ??= now;
        TimeSpan delay = RetryPolicy.DelayAlone(rudderEvent.Attempts, retryAfter, rudderEvent.Source.GiveUpAfter, options, random());
        if (rudderEvent.Source.GivesUp(rudderEvent, now, delay))
        {
            rudderEvent.Fail(failure, completed);
            Absolve(upload, 1);
            return null;
        }

        UserQueue user = upload.Parts[0].User.Current();
        user.WaitUntil = now + delay;
        SuspectGroup group = upload.Suspects ?? new SuspectGroup([new SuspectPart(user, 1)], scheduler.Successes);
        group.Evidence = scheduler.Successes;
        scheduler.Enqueue(group);
        return delay;
    }

    /// <summary>Nothing gets through: everything is kept, and one small probe at a time asks whether it is over.</summary>
    private TimeSpan? GoDown(Upload upload, DeliveryFailure failure, TimeSpan? retryAfter, TimeSpan now, List<EventCompletion> completed)
    {
        Return(upload);
        Suspect(upload);
        if (scheduler.IsDown && !upload.IsProbe)
        {
            // It was on its way when the first one failed, and says nothing new.
            return null;
        }

        TimeSpan delay = RetryPolicy.Delay(scheduler.DownAttempts + 1, retryAfter, options, random());
        scheduler.WentDown(now + delay);
        return EndCalls(failure, delay, now, completed) ? null : delay;
    }

    /// <summary>CleverTap is busy: the same records go again later, with fewer uploads in flight.</summary>
    private TimeSpan? Throttle(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        DeliveryFailure failure = DeliveryFailure.From(response);
        Note(upload, failure);
        Return(upload);
        int attempts = 0;
        foreach (PendingRecord record in upload.Records)
        {
            attempts = Math.Max(attempts, ++record.Event.Attempts);
        }

        TimeSpan delay = RetryPolicy.Delay(attempts, response.RetryAfter, options, random());
        foreach (PendingRecord record in upload.Records)
        {
            if (!record.Event.Source.KeepsEvents && record.Event.Source.GivesUp(record.Event, now, delay))
            {
                record.Event.Fail(failure, completed);
            }
        }

        foreach (SuspectPart part in upload.Parts)
        {
            part.User.Current().WaitUntil = now + delay;
        }

        return delay;
    }

    /// <summary>CleverTap refuses the credentials: calls end, queues pause and keep their events.</summary>
    private TimeSpan? Stop(Upload upload, DeliveryFailure failure, TimeSpan now, List<EventCompletion> completed)
    {
        Note(upload, failure);
        Return(upload);
        IsUnauthorized = true;
        TimeSpan pause = sources.Where(source => source.KeepsEvents).Select(source => source.UnauthorizedPause).DefaultIfEmpty().Max();
        scheduler.Pause(now + pause);
        foreach (DeliverySource source in sources.FindAll(source => !source.KeepsEvents))
        {
            End(source, failure, completed);
        }

        return nodes.Count > completed.Count ? pause : null;
    }

    /// <summary>No response will come, or the whole upload is refused, and not for a record of it.</summary>
    private void GiveUp(Upload upload, DeliveryFailure failure, TimeSpan now, List<EventCompletion> completed)
    {
        Note(upload, failure);
        foreach (PendingRecord record in upload.Records)
        {
            record.Event.Fail(failure, completed);
        }

        Absolve(upload, int.MaxValue);
        if (failure.IsLostResponse)
        {
            if (scheduler.Successes <= upload.Evidence)
            {
                scheduler.WentDown(now + RetryPolicy.Delay(scheduler.DownAttempts + 1, null, options, random()));
            }
        }
        else
        {
            foreach (DeliverySource source in sources.FindAll(source => !source.KeepsEvents))
            {
                End(source, failure, completed);
            }
        }
    }

    /// <summary>Ends the calls that have made their attempts, or whose deadline comes before the next one.</summary>
    private bool EndCalls(DeliveryFailure failure, TimeSpan delay, TimeSpan now, List<EventCompletion> completed)
    {
        foreach (DeliverySource source in sources.FindAll(source => !source.KeepsEvents && source.Pending.Count > 0 && source.EndedBy is null))
        {
            source.Attempts++;
            if (source.Attempts >= source.MaxAttempts || source.IsTooLate(now, delay))
            {
                End(source, failure, completed);
            }
        }

        return nodes.Count == completed.Count;
    }

    /// <summary>The events that are not in flight get their outcome; those in flight get theirs with the response.</summary>
    private void End(DeliverySource source, DeliveryFailure failure, List<EventCompletion> completed)
    {
        source.EndedBy ??= failure;
        HashSet<PendingEvent> sent = [.. inFlight.SelectMany(upload => upload.Records).Select(record => record.Event)];
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

    /// <summary>Why this very event is not delivered; null if it was not sent.</summary>
    private static DeliveryFailure? OwnFailure(PendingEvent pending, DeliveryFailure failure) => failure.EndsAll ? failure : pending.LastFailure;

    /// <summary>The records go back to their users, in front of the others.</summary>
    private static TimeSpan? Return(Upload upload)
    {
        for (int index = upload.Count - 1; index >= 0; index--)
        {
            upload.Records[index].Event.User.Current().Return(upload.Records[index]);
        }

        return null;
    }

    /// <summary>The records failed together: they are tried apart from others from now on.</summary>
    private void Suspect(Upload upload)
    {
        if (upload.Suspects is { } group)
        {
            group.Evidence = scheduler.Successes;
            return;
        }

        SuspectPart[] parts = [.. Current(upload.Parts)];
        if (parts.Length > 0)
        {
            scheduler.Enqueue(new SuspectGroup(parts, scheduler.Successes));
        }
    }

    private void Halve(Upload upload)
    {
        Suspect(upload);
        SuspectGroup? group = upload.Suspects ?? upload.Parts[0].User.Current().Suspects;
        if (group is null || upload.IsProbe)
        {
            return;
        }

        IReadOnlyList<SuspectGroup> halves = group.Halve(upload.Count);
        if (halves.Count > 0)
        {
            group.Parts.Clear();
        }

        foreach (SuspectGroup half in halves)
        {
            scheduler.Enqueue(half);
        }
    }

    /// <summary>Users that were merged meanwhile stand once, those that are suspects already not again.</summary>
    private static IEnumerable<SuspectPart> Current(IEnumerable<SuspectPart> parts) => parts
        .GroupBy(part => part.User.Current())
        .Where(user => user.Key.Suspects is null)
        .Select(user => new SuspectPart(user.Key, user.Sum(part => part.Count)));

    /// <summary>A user is not under suspicion any more.</summary>
    private static void Absolve(UserQueue user) => user.Suspects?.Remove(user);

    private static void Absolve(Upload upload, int count)
    {
        foreach (SuspectPart part in upload.Parts)
        {
            upload.Suspects?.Settle(part.User.Current(), Math.Min(count, part.Count));
        }
    }

    private static void Note(Upload upload, DeliveryFailure failure)
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
            if (nodes.Remove(completion.Event, out LinkedListNode<PendingEvent>? node))
            {
                completion.Event.Source.Remove(node);
                Forget(completion.Event.User.Current());
            }
        }
    }
}
