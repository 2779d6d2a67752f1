using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Decides what goes into the next upload: plain state, no clock, no threads. An upload may start whenever a slot is free and some user
/// is ready; it takes the next records of the users that have been ready longest.
/// </summary>
/// <param name="options">The limits of an upload.</param>
internal sealed class UploadScheduler(CleverTapOptions options)
{
    /// <summary>How many records of one user ask whether CleverTap works again.</summary>
    public const int ProbeRecords = 10;

    private readonly LinkedList<object> line = [];
    private readonly PriorityQueue<UserQueue, TimeSpan> waiting = new();
    private readonly HashSet<SuspectGroup> suspects = [];
    private int probeRecords = ProbeRecords;

    /// <summary>How many uploads may be in flight now.</summary>
    public double Limit { get; private set; } = options.MaxInFlight;

    public int InFlight { get; private set; }

    /// <summary>How many uploads CleverTap has answered record by record.</summary>
    public long Successes { get; private set; }

    /// <summary>Whether nothing gets through: one small probe goes at a time.</summary>
    public bool IsDown { get; private set; }

    /// <summary>No upload starts before this time.</summary>
    public TimeSpan PausedUntil { get; private set; }

    /// <summary>How many probes in a row have failed.</summary>
    public int DownAttempts { get; private set; }

    /// <summary>The next upload; null if none may start now.</summary>
    public Upload? Next(TimeSpan now)
    {
        Wake(now);
        if (InFlight >= (int)Limit || now < PausedUntil || (IsDown && InFlight > 0))
        {
            return null;
        }

        LinkedListNode<object>? node = line.First;
        while (node is not null)
        {
            LinkedListNode<object> candidate = node;
            node = node.Next;
            Upload? upload = IsDown ? Probe(candidate, now) : Begin(candidate, now);
            if (upload is not null)
            {
                // Oldest first, as CleverTap advises.
                upload.Records.Sort(static (left, right) => left.Number.CompareTo(right.Number));
                InFlight++;
                return upload;
            }
        }

        return null;
    }

    /// <summary>When the next user or group of suspects stops waiting; null if none waits.</summary>
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

    /// <summary>The user has records to send, or stands in line already.</summary>
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

    public void Enqueue(SuspectGroup group)
    {
        if (!group.IsQueued && group.Parts.Count > 0)
        {
            group.IsQueued = true;
            suspects.Add(group);
            line.AddLast(group);
        }
    }

    /// <summary>An upload is over.</summary>
    /// <param name="throttled">Whether CleverTap answered 429: the limit is halved, and grows again with each other response.</param>
    public void End(bool throttled)
    {
        InFlight--;
        Limit = throttled ? Math.Max(1, Math.Floor(Limit / 2)) : Math.Min(options.MaxInFlight, Limit + (1 / Limit));
    }

    /// <summary>CleverTap has answered record by record.</summary>
    public void Succeeded()
    {
        Successes++;
        IsDown = false;
        DownAttempts = 0;
        PausedUntil = TimeSpan.Zero;
        probeRecords = ProbeRecords;
    }

    /// <summary>Nothing gets through.</summary>
    public void WentDown(TimeSpan until)
    {
        probeRecords = IsDown ? Math.Max(1, probeRecords / 2) : ProbeRecords;
        IsDown = true;
        DownAttempts++;
        PausedUntil = until;
    }

    public void Pause(TimeSpan until) => PausedUntil = until;

    /// <summary>Users may wait less long than they stood in line for, and no pause holds any longer.</summary>
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
            line.AddLast(user);
        }
        else
        {
            waiting.Enqueue(user, user.WaitUntil);
        }
    }

    private void Wake(TimeSpan now)
    {
        while (waiting.TryPeek(out UserQueue? user, out TimeSpan time) && time <= now)
        {
            waiting.Dequeue();
            line.AddLast(user);
        }
    }

    private Upload? Begin(LinkedListNode<object> candidate, TimeSpan now)
    {
        if (candidate.Value is SuspectGroup group)
        {
            return Suspects(candidate, group, now);
        }

        var first = (UserQueue)candidate.Value;
        if (!CanSend(first))
        {
            Leave(candidate, first);
            return null;
        }

        return Fill(candidate, first.IsTokenNext);
    }

    private Upload Fill(LinkedListNode<object> first, bool areTokens)
    {
        var upload = new Upload(Successes, suspects: null, isProbe: false);
        int maxRecords = areTokens ? Math.Min(options.MaxBatchRecords, CleverTapRules.TokensPerUpload) : options.MaxBatchRecords;
        int bytes = 0;
        LinkedListNode<object>? node = first;
        while (node is not null && upload.Count < maxRecords)
        {
            LinkedListNode<object> candidate = node;
            node = node.Next;
            if (candidate.Value is not UserQueue user || !CanSend(user) || user.IsTokenNext != areTokens)
            {
                continue;
            }

            int count = user.Dequeue(areTokens, maxRecords - upload.Count, Fits, upload.Records);
            if (count == 0)
            {
                break;
            }

            Add(upload, candidate, user, count);
        }

        return upload;

        bool Fits(int recordBytes)
        {
            bool fits = upload.Count == 0 || UploadContent.LengthOf(upload.Count + 1, bytes + recordBytes) <= options.MaxBatchBytes;
            bytes += fits ? recordBytes : 0;
            return fits;
        }
    }

    private Upload? Suspects(LinkedListNode<object> candidate, SuspectGroup group, TimeSpan now)
    {
        if (!group.IsReady(now))
        {
            return null;
        }

        line.Remove(candidate);
        suspects.Remove(group);
        group.IsQueued = false;
        var upload = new Upload(group.BaselineSuccesses, group, isProbe: false);
        foreach (SuspectPart part in group.Parts)
        {
            int count = part.User.Dequeue(part.User.IsTokenNext, Math.Min(part.Count, group.NextCount), _ => true, upload.Records);
            upload.Parts.Add(new SuspectPart(part.User, count));
            part.User.InFlight++;
        }

        return upload.Count > 0 ? upload : Dissolve(upload, group);
    }

    /// <summary>A few records of one user, another one with each probe.</summary>
    private Upload? Probe(LinkedListNode<object> candidate, TimeSpan now)
    {
        if (candidate.Value is UserQueue ready)
        {
            if (!CanSend(ready))
            {
                Leave(candidate, ready);
                return null;
            }

            return Probe(ready, candidate);
        }

        var group = (SuspectGroup)candidate.Value;
        if (
            group.Parts.Find(part => part.User.InFlight == 0 && part.User.WaitUntil <= now && !part.User.IsEmpty)
            is not { User: { } user } suspect
        )
        {
            return null;
        }

        // Behind the others, so that the next probe is of another user.
        group.Parts.Remove(suspect);
        group.Parts.Add(suspect);
        line.Remove(candidate);
        line.AddLast(candidate);
        return Probe(user, candidate: null);
    }

    private Upload Probe(UserQueue user, LinkedListNode<object>? candidate)
    {
        var upload = new Upload(Successes, user.Suspects, isProbe: true);
        int count = user.Dequeue(
            user.IsTokenNext,
            Math.Min(probeRecords, options.MaxBatchRecords),
            bytes => upload.Count == 0 || bytes < options.MaxBatchBytes / ProbeRecords,
            upload.Records
        );
        Add(upload, candidate, user, count);
        return upload;
    }

    private void Add(Upload upload, LinkedListNode<object>? candidate, UserQueue user, int count)
    {
        upload.Parts.Add(new SuspectPart(user, count));
        user.InFlight++;
        if (candidate is not null)
        {
            Leave(candidate, user);
        }
    }

    private void Leave(LinkedListNode<object> candidate, UserQueue user)
    {
        line.Remove(candidate);
        user.IsQueued = false;
    }

    /// <summary>Nothing of the group is left to be sent.</summary>
    private static Upload? Dissolve(Upload upload, SuspectGroup group)
    {
        foreach (SuspectPart part in upload.Parts)
        {
            part.User.InFlight--;
            group.Remove(part.User);
        }

        return null;
    }

    /// <summary>A user that was merged, is in flight or has nothing left stands in line for nothing.</summary>
    private static bool CanSend(UserQueue user) => user.MergedInto is null && user.InFlight == 0 && user.Suspects is null && !user.IsEmpty;
}
