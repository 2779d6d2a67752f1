namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Builds the next upload. An upload may start whenever a slot is free and a user is ready; it contains the next records of the users that
/// have been ready longest. The class is plain state without a clock and without threads.
/// </summary>
/// <param name="options">The limits of an upload.</param>
/// <param name="random">Returns a number from 0 to 1 for the choice of probes.</param>
internal sealed partial class UploadScheduler(CleverTapOptions options, Func<double> random)
{
    /// <summary>The maximum number of records in a probe, which tests whether CleverTap works again.</summary>
    public const int ProbeRecords = 10;

    /// <summary>The users and groups of suspects that may be sent, those that have been ready longest first.</summary>
    private readonly LinkedList<object> candidates = [];
    private readonly PriorityQueue<UserQueue, TimeSpan> waiting = new();
    private readonly HashSet<SuspectGroup> suspects = [];
    private int probeRecords = ProbeRecords;

    /// <summary>The number of uploads that may be in flight now.</summary>
    public double Limit { get; private set; } = options.MaxInFlight;

    public int InFlight { get; private set; }

    /// <summary>The number of uploads whose response gave the result of each record.</summary>
    public long Successes { get; private set; }

    /// <summary>Whether no upload succeeds, so that one small probe is sent at a time.</summary>
    public bool IsDown { get; private set; }

    /// <summary>The time before which no upload starts.</summary>
    public TimeSpan PausedUntil { get; private set; }

    /// <summary>The number of consecutive failed probes.</summary>
    public int DownAttempts { get; private set; }

    /// <summary>Starts the next upload; null if none may start now.</summary>
    public Upload? Next(TimeSpan now)
    {
        Wake(now);
        if (InFlight >= (int)Limit || now < PausedUntil || (IsDown && InFlight > 0))
        {
            return null;
        }

        Upload? upload = IsDown ? Probe(now) : Begin(now);
        if (upload is not null)
        {
            // The oldest record is first, as CleverTap recommends.
            upload.Records.Sort(static (left, right) => left.Number.CompareTo(right.Number));
            InFlight++;
        }

        return upload;
    }

    /// <summary>Returns the time at which the next user or group of suspects stops waiting; null if none waits.</summary>
    public TimeSpan? NextReady(TimeSpan now)
    {
        TimeSpan next = waiting.TryPeek(out _, out TimeSpan time) ? time : TimeSpan.MaxValue;
        foreach (SuspectGroup group in suspects)
        {
            TimeSpan ready = group.ReadyAt;
            next = ready > now && ready < next ? ready : next;
        }

        return next == TimeSpan.MaxValue ? null : next;
    }

    /// <summary>Adds a user that has records to send to the candidates, unless it is one already.</summary>
    public void Enqueue(UserQueue user, TimeSpan now)
    {
        if (user.Suspects is { } group)
        {
            Enqueue(group);
        }
        else if (!user.IsQueued && user.InFlight == 0 && !user.IsEmpty)
        {
            Enqueue(user, user.WaitUntil <= now);
        }
    }

    /// <summary>Adds a group of suspects to the candidates, unless it is one already.</summary>
    public void Enqueue(SuspectGroup group)
    {
        if (!group.IsQueued && group.Parts.Count > 0)
        {
            group.IsQueued = true;
            suspects.Add(group);
            candidates.AddLast(group);
        }
    }

    /// <summary>Called when an upload has ended.</summary>
    /// <param name="throttled">Whether CleverTap responded with 429, which halves the limit; other responses increase it again.</param>
    public void End(bool throttled)
    {
        InFlight--;
        Limit = throttled ? Math.Max(1, Math.Floor(Limit / 2)) : Math.Min(options.MaxInFlight, Limit + (1 / Limit));
    }

    /// <summary>Called when a response gave the result of each record.</summary>
    public void RecordSuccess()
    {
        Successes++;
        IsDown = false;
        DownAttempts = 0;
        PausedUntil = TimeSpan.Zero;
        probeRecords = ProbeRecords;
    }

    /// <summary>Called when no upload succeeds.</summary>
    public void MarkDown(TimeSpan until)
    {
        probeRecords = IsDown ? Math.Max(1, probeRecords / 2) : ProbeRecords;
        IsDown = true;
        DownAttempts++;
        PausedUntil = until;
    }

    /// <summary>Starts no upload before a time.</summary>
    public void Pause(TimeSpan until) => PausedUntil = until;

    /// <summary>Ends the pause, and moves the users whose wait was shortened to the candidates.</summary>
    public void RetryNow(TimeSpan now)
    {
        PausedUntil = PausedUntil < now ? PausedUntil : now;
        UserQueue[] users = [.. waiting.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];
        waiting.Clear();
        foreach (UserQueue user in users)
        {
            Enqueue(user, user.WaitUntil <= now);
        }
    }

    private void Enqueue(UserQueue user, bool isReady)
    {
        user.IsQueued = true;
        if (isReady)
        {
            candidates.AddLast(user);
        }
        else
        {
            waiting.Enqueue(user, user.WaitUntil);
        }
    }

    /// <summary>Moves the users whose wait is over to the candidates.</summary>
    private void Wake(TimeSpan now)
    {
        while (waiting.TryPeek(out UserQueue? user, out TimeSpan time) && time <= now)
        {
            waiting.Dequeue();
            candidates.AddLast(user);
        }
    }

    private void RemoveCandidate(LinkedListNode<object> candidate, UserQueue user)
    {
        candidates.Remove(candidate);
        user.IsQueued = false;
    }

    private void RemoveCandidate(LinkedListNode<object> candidate, SuspectGroup group)
    {
        candidates.Remove(candidate);
        suspects.Remove(group);
        group.IsQueued = false;
    }

    /// <summary>Whether a candidate still has records to send: it was not merged, and is neither in flight nor a suspect.</summary>
    private static bool CanSend(UserQueue user) => user.MergedInto is null && user.InFlight == 0 && user.Suspects is null && !user.IsEmpty;
}
