using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <content>Builds uploads of users, of suspects, and probes.</content>
internal sealed partial class UploadScheduler
{
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

    /// <summary>Builds an upload of a group of suspects; null if the group waits or has no records.</summary>
    private Upload? BuildSuspects(LinkedListNode<object> candidate, SuspectGroup group, TimeSpan now)
    {
        if (!group.IsReady(now))
        {
            return null;
        }

        candidates.Remove(candidate);
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

    /// <summary>Builds a probe with a few records of one user; each probe is of another user.</summary>
    private Upload? Probe(LinkedListNode<object> candidate, TimeSpan now)
    {
        if (candidate.Value is UserQueue ready)
        {
            if (!CanSend(ready))
            {
                RemoveCandidate(candidate, ready);
                return null;
            }

            return Probe(ready, candidate);
        }

        return ProbeSuspect(candidate, (SuspectGroup)candidate.Value, now);
    }

    /// <summary>Builds a probe with records of the next user of a group; null if all users wait or are in flight.</summary>
    private Upload? ProbeSuspect(LinkedListNode<object> candidate, SuspectGroup group, TimeSpan now)
    {
        SuspectPart suspect = group.Parts.Find(part => part.User.InFlight == 0 && part.User.WaitUntil <= now && !part.User.IsEmpty);
        if (suspect.User is null)
        {
            return null;
        }

        // The user and the group move to the end, so that the next probe is of another user.
        group.Parts.Remove(suspect);
        group.Parts.Add(suspect);
        candidates.Remove(candidate);
        candidates.AddLast(candidate);
        return Probe(suspect.User, candidate: null);
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
