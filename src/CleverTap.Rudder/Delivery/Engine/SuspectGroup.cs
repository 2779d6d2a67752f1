namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Records that failed together while others succeeded, so that one of them may cause the failure. They are sent apart from other users and
/// halved, between users or within the last user, until the bad record is alone.
/// </summary>
internal sealed class SuspectGroup
{
    public SuspectGroup(IReadOnlyList<SuspectPart> parts, long baselineSuccesses)
    {
        Parts = [.. parts];
        BaselineSuccesses = baselineSuccesses;
        foreach (SuspectPart part in parts)
        {
            part.User.Suspects = this;
        }

        NextCount = parts.Count == 1 ? parts[0].Count : int.MaxValue;
    }

    /// <summary>The users, and how many of the next records of each are suspects.</summary>
    public List<SuspectPart> Parts { get; }

    /// <summary>The number of successful uploads when the group last failed.</summary>
    public long BaselineSuccesses { get; set; }

    /// <summary>Whether the records have failed while others succeeded.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>The maximum number of records that are sent next if the group has one user.</summary>
    public int NextCount { get; set; }

    /// <summary>Whether the group is in the list of candidates.</summary>
    public bool IsQueued { get; set; }

    /// <summary>The time at which the last of the users stops waiting.</summary>
    public TimeSpan ReadyAt => Parts.Count == 0 ? TimeSpan.Zero : Parts.Max(part => part.User.WaitUntil);

    /// <summary>Whether no user of the group waits or is in flight.</summary>
    public bool IsReady(TimeSpan now) => Parts.TrueForAll(part => part.User.InFlight == 0 && part.User.WaitUntil <= now);

    /// <summary>Splits the group in two. If it has one user, half of the records are sent next and the result is empty.</summary>
    public IReadOnlyList<SuspectGroup> Halve(int sent)
    {
        if (Parts.Count == 1)
        {
            NextCount = Math.Max(1, sent / 2);
            return [];
        }

        int half = Parts.Sum(part => part.Count) / 2;
        int first = 1;
        for (int count = Parts[0].Count; first < Parts.Count - 1 && count + Parts[first].Count <= half; first++)
        {
            count += Parts[first].Count;
        }

        return
        [
            new SuspectGroup(Parts[..first], BaselineSuccesses) { IsConfirmed = IsConfirmed },
            new SuspectGroup(Parts[first..], BaselineSuccesses) { IsConfirmed = IsConfirmed },
        ];
    }

    /// <summary>Removes suspects of a user that were accepted, rejected or given up.</summary>
    public void Settle(UserQueue user, int count)
    {
        int index = Parts.FindIndex(part => part.User == user);
        if (index < 0)
        {
            return;
        }

        int remaining = Parts[index].Count - count;
        if (remaining <= 0)
        {
            Remove(user);
            return;
        }

        Parts[index] = new SuspectPart(user, remaining);
        if (Parts.Count == 1)
        {
            // The bad record is among the remaining ones.
            NextCount = Math.Max(1, remaining / 2);
        }
    }

    /// <summary>Removes a user from the group.</summary>
    public void Remove(UserQueue user)
    {
        Parts.RemoveAll(part => part.User == user);
        user.Suspects = null;
    }
}
