namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// The pending records of one user, in order. A user is ready, in flight (in one upload at a time, so that nothing overtakes) or
/// waiting until a time; only this user's later records wait with it.
/// </summary>
internal sealed class UserQueue
{
    private RecordList records;
    private RecordList tokens;

    /// <summary>The ids that lead to this queue.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>The user that this one turned out to be; null if it is a user of its own.</summary>
    public UserQueue? MergedInto { get; private set; }

    /// <summary>How many uploads hold records of the user; more than one only after users were merged.</summary>
    public int InFlight { get; set; }

    /// <summary>Not before this time, since the engine's start.</summary>
    public TimeSpan WaitUntil { get; set; }

    /// <summary>The records under suspicion that are sent apart from other users; null if there are none.</summary>
    public SuspectGroup? Suspects { get; set; }

    /// <summary>Whether the user stands in the line of the ready.</summary>
    public bool IsQueued { get; set; }

    public bool IsEmpty => records.First() is null && tokens.First() is null;

    /// <summary>Whether the next record is a device token: tokens go in uploads of their own, behind their profiles.</summary>
    public bool IsTokenNext
    {
        get
        {
            PendingRecord? token = tokens.First();
            return token is not null && (records.First() is not { } record || record.Number > token.Number);
        }
    }

    /// <summary>Adds a record behind the others.</summary>
    public void Add(PendingRecord record) => ListOf(record.IsToken).Add(record);

    /// <summary>Takes the next records out, as long as they fit.</summary>
    /// <param name="areTokens">Whether to take tokens or other records.</param>
    /// <param name="maxCount">How many at most.</param>
    /// <param name="fits">Whether a record of so many bytes still fits into the upload.</param>
    /// <param name="taken">Where they go.</param>
    /// <returns>How many were taken.</returns>
    public int Dequeue(bool areTokens, int maxCount, Predicate<int> fits, List<PendingRecord> taken)
    {
        ref RecordList from = ref ListOf(areTokens);
        int count = 0;
        while (count < maxCount && from.First() is { } next && fits(next.Bytes))
        {
            from.RemoveFirst();
            taken.Add(next);
            count++;
        }

        return count;
    }

    /// <summary>Puts a record that is to be sent again back to its place: in front of those that were submitted later.</summary>
    public void Requeue(PendingRecord record)
    {
        if (!record.IsFinal)
        {
            ListOf(record.IsToken).Insert(record);
        }
    }

    /// <summary>Takes over all that another user has: an event showed that the two are one.</summary>
    public void Merge(UserQueue other)
    {
        records.Merge(other.records);
        tokens.Merge(other.tokens);
        other.records = default;
        other.tokens = default;
        Ids.AddRange(other.Ids);
        InFlight += other.InFlight;
        WaitUntil = WaitUntil > other.WaitUntil ? WaitUntil : other.WaitUntil;
        other.Ids.Clear();
        other.MergedInto = this;
    }

    /// <summary>The user that stands for this one now.</summary>
    public UserQueue Current()
    {
        UserQueue user = this;
        while (user.MergedInto is not null)
        {
            user = user.MergedInto;
        }

        return user;
    }

    private ref RecordList ListOf(bool areTokens) => ref areTokens ? ref tokens : ref records;
}
