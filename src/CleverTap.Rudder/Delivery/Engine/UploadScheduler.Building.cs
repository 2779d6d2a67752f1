using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <content>Builds uploads of users, of suspects, and probes.</content>
internal sealed partial class UploadScheduler
{
    /// <summary>Builds an upload of the candidate that has been ready longest; null if none can be sent now.</summary>
    private Upload? Begin(TimeSpan now)
    {
        LinkedListNode<object>? node = candidates.First;
        while (node is not null)
        {
            LinkedListNode<object> candidate = node;
            node = node.Next;
            if (Begin(candidate, now) is { } upload)
            {
                return upload;
            }
        }

        return null;
    }

    /// <summary>Builds an upload that begins with a candidate; null if the candidate cannot be sent now.</summary>
    private Upload? Begin(LinkedListNode<object> candidate, TimeSpan now)
    {
        if (candidate.Value is SuspectGroup group)
        {
            return BuildSuspects(candidate, group, now);
        }

        var first = (UserQueue)candidate.Value;
        if (!CanSend(first))
        {
            RemoveCandidate(candidate, first);
            return null;
        }

        return Fill(candidate, first.IsTokenNext);
    }

    /// <summary>Builds an upload with the next records of the candidates, up to the limits.</summary>
    private Upload Fill(LinkedListNode<object> first, bool areTokens)
    {
        int maxRecords = MaxRecords(areTokens);
        var upload = new Upload(Successes, suspects: null, isProbe: false, Math.Min(maxRecords, candidates.Count));
        int bytes = 0;
        Predicate<int> fits = Fits;
        LinkedListNode<object>? node = first;
        while (node is not null && upload.Count < maxRecords)
        {
            LinkedListNode<object> candidate = node;
            node = node.Next;
            if (candidate.Value is not UserQueue user || !CanSend(user) || user.IsTokenNext != areTokens)
            {
                continue;
            }

            int count = user.Dequeue(areTokens, maxRecords - upload.Count, fits, upload.Records);
            if (count == 0)
            {
                break;
            }

            upload.Parts.Add(new SuspectPart(user, count));
            user.InFlight++;
            RemoveCandidate(candidate, user);
        }

        return upload;

        bool Fits(int recordBytes)
        {
            bool fits = upload.Count == 0 || UploadContent.LengthOf(upload.Count + 1, bytes + recordBytes) <= options.MaxBatchBytes;
            bytes += fits ? recordBytes : 0;
            return fits;
        }
    }

    /// <summary>Builds an upload of a group of suspects; null if the group waits or has no records.</summary>
    private Upload? BuildSuspects(LinkedListNode<object> candidate, SuspectGroup group, TimeSpan now)
    {
        if (!group.IsReady(now))
        {
            return null;
        }

        RemoveCandidate(candidate, group);
        var upload = new Upload(group.BaselineSuccesses, group, isProbe: false);
        foreach (SuspectPart part in group.Parts)
        {
            int count = part.User.Dequeue(part.User.IsTokenNext, Math.Min(part.Count, group.NextCount), _ => true, upload.Records);
            upload.Parts.Add(new SuspectPart(part.User, count));
            part.User.InFlight++;
        }

        return upload.Count > 0 ? upload : Dissolve(upload, group);
    }

    /// <summary>Builds a probe with a few records of one user; null if all users wait or are in flight.</summary>
    /// <remarks>
    /// The user is a random one of those that have failed least often alone, so that users with a record that CleverTap cannot process do
    /// not make one probe after the other fail.
    /// </remarks>
    private Upload? Probe(TimeSpan now)
    {
        RemoveEmptyCandidates();
        UserQueue[] users = [.. candidates.SelectMany(UsersOf).Where(user => user.InFlight == 0 && user.WaitUntil <= now && !user.IsEmpty)];
        if (users.Length == 0)
        {
            return null;
        }

        int fewest = users.Min(user => user.FailuresAlone);
        UserQueue[] likely = [.. users.Where(user => user.FailuresAlone == fewest)];
        return Probe(likely[Math.Min((int)(random() * likely.Length), likely.Length - 1)]);
    }

    private Upload Probe(UserQueue user)
    {
        var upload = new Upload(Successes, user.Suspects, isProbe: true);
        int count = user.Dequeue(
            user.IsTokenNext,
            Math.Min(probeRecords, options.MaxBatchRecords),
            bytes => upload.Count == 0 || bytes < options.MaxBatchBytes / ProbeRecords,
            upload.Records
        );
        upload.Parts.Add(new SuspectPart(user, count));
        user.InFlight++;
        if (candidates.Remove(user))
        {
            user.IsQueued = false;
        }

        return upload;
    }

    private static IEnumerable<UserQueue> UsersOf(object candidate) =>
        candidate is SuspectGroup group ? group.Parts.Select(part => part.User) : [(UserQueue)candidate];

    /// <summary>Removes the candidates whose events have their outcomes. A long outage could collect many of them.</summary>
    private void RemoveEmptyCandidates()
    {
        LinkedListNode<object>? node = candidates.First;
        while (node is not null)
        {
            LinkedListNode<object> candidate = node;
            node = node.Next;
            if (candidate.Value is UserQueue user && !CanSend(user))
            {
                RemoveCandidate(candidate, user);
            }
            else if (candidate.Value is SuspectGroup { Parts.Count: 0 } group)
            {
                RemoveCandidate(candidate, group);
            }
        }
    }

    /// <summary>Removes all users from a group that has no records to send.</summary>
    private static Upload? Dissolve(Upload upload, SuspectGroup group)
    {
        foreach (SuspectPart part in upload.Parts)
        {
            part.User.InFlight--;
            group.Remove(part.User);
        }

        return null;
    }

    private int MaxRecords(bool areTokens) =>
        areTokens ? Math.Min(options.MaxBatchRecords, CleverTapRules.TokensPerUpload) : options.MaxBatchRecords;
}
