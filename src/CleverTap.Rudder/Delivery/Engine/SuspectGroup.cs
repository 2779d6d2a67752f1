namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Records that failed together while others got through: one of them may be what makes CleverTap fail. They are sent apart from
/// other users and halved, between users or within the last one, until the bad record is alone.
/// </summary>
internal sealed class SuspectGroup
{
    public SuspectGroup(IReadOnlyList<SuspectPart> parts, long evidence)
    {
        Parts = [.. parts];
        BaselineSuccesses = evidence;
        foreach (SuspectPart part in parts)
        {
            part.User.Suspects = this;
        }

        NextCount = parts.Count == 1 ? parts[0].Count : int.MaxValue;
    }

    /// <summary>The users and how many of their next records are suspects.</summary>
    public List<SuspectPart> Parts { get; }

    /// <summary>The number of successful uploads when the group last failed.</summary>
    public long BaselineSuccesses { get; set; }

    /// <summary>Whether its records have failed while others got through.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>How many records of a single user are sent next.</summary>
    public int NextCount { get; set; }

    public bool IsQueued { get; set; }

    /// <summary>When the last of its users stops waiting.</summary>
    public TimeSpan ReadyAt => Parts.Count == 0 ? TimeSpan.Zero : Parts.Max(part => part.User.WaitUntil);

    public bool IsReady(TimeSpan now) => Parts.TrueForAll(part => part.User.InFlight == 0 && part.User.WaitUntil <= now);

    /// <summary>Halves the group; of a single user, half the records are sent next. Empty if the group stays one.</summary>
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

    /// <summary>A user's suspects were accepted, rejected or given up.</summary>
    public void Settle(UserQueue user, int count)
    {
        int index = Parts.FindIndex(part => part.User == user);
        if (index < 0)
        {
            return;
        }

        int left = Parts[index].Count - count;
        if (left <= 0)
        {
            Remove(user);
            return;
        }

        Parts[index] = new SuspectPart(user, left);
        if (Parts.Count == 1)
        {
            // The bad record is among those that are left.
            NextCount = Math.Max(1, left / 2);
        }
    }

    public void Remove(UserQueue user)
    {
        Parts.RemoveAll(part => part.User == user);
        user.Suspects = null;
    }
}
