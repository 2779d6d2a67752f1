namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// The pending records of one user, in order. A user is ready, waits until a time, or is in flight, in one upload at a time so that the
/// order is preserved. Only the later records of this user wait with it.
/// </summary>
internal sealed class UserQueue
{
    private RecordList records;
    private RecordList tokens;
    private UserIdList ids;

    /// <summary>The ids of the user.</summary>
    public ref UserIdList Ids => ref ids;

    /// <summary>The user that this one was merged into; null if it was not merged.</summary>
    public UserQueue? MergedInto { get; private set; }

    /// <summary>The number of uploads in flight with records of the user; it exceeds one only after a merge.</summary>
    public int InFlight { get; set; }

    /// <summary>The time before which no record is sent, since the engine's start.</summary>
    public TimeSpan WaitUntil { get; set; }

    /// <summary>The number of uploads with records of this user alone that have failed in a row.</summary>
    public int FailuresAlone { get; set; }

    /// <summary>The group of suspects that the user belongs to; null if none.</summary>
    public SuspectGroup? Suspects { get; set; }

    /// <summary>Whether the user is in the list of candidates or in the list of waiting users.</summary>
    public bool IsQueued { get; set; }

    public bool IsEmpty => records.First() is null && tokens.First() is null;

    /// <summary>Whether the next record is a device token. Tokens are sent in separate uploads, after their profiles.</summary>
    public bool IsTokenNext
    {
        get
        {
            PendingRecord? token = tokens.First();
            return token is not null && (records.First() is not { } record || record.Number > token.Number);
        }
    }

    /// <summary>Adds a record at the end.</summary>
    public void Add(PendingRecord record) => ListOf(record.IsToken).Add(record);

    /// <summary>Removes the next records from the queue, as long as they fit into the upload.</summary>
    /// <param name="areTokens">True for device tokens, false for other records.</param>
    /// <param name="maxCount">The maximum number of records.</param>
    /// <param name="fits">Returns whether a record of this number of bytes fits into the upload.</param>
    /// <param name="output">The list that the records are added to.</param>
    /// <returns>The number of removed records.</returns>
    public int Dequeue(bool areTokens, int maxCount, Predicate<int> fits, List<PendingRecord> output)
    {
        ref RecordList list = ref ListOf(areTokens);
        int count = 0;
        while (count < maxCount && list.First() is { } next && fits(next.Bytes))
        {
            list.RemoveFirst();
            output.Add(next);
            count++;
        }

        return count;
    }

    /// <summary>Inserts a record that is sent again before those that were submitted later.</summary>
    public void Requeue(PendingRecord record)
    {
        if (!record.IsFinal)
        {
            ListOf(record.IsToken).Insert(record);
        }
    }

    /// <summary>Moves the records and ids of another user into this one, because an event showed that they are the same user.</summary>
    public void Merge(UserQueue other)
    {
        records.Merge(other.records);
        tokens.Merge(other.tokens);
        other.records = default;
        other.tokens = default;
        ids.Add(other.ids);
        InFlight += other.InFlight;
        WaitUntil = WaitUntil > other.WaitUntil ? WaitUntil : other.WaitUntil;
        FailuresAlone += other.FailuresAlone;
        other.ids = default;
        other.MergedInto = this;
    }

    /// <summary>Returns the user that this one was merged into, or this one.</summary>
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
