namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// The records of one user in the order of submission. The records are linked to each other, because a list with a node for each record
/// would need as much memory as the records.
/// </summary>
internal struct RecordList
{
    private PendingRecord? first;
    private PendingRecord? last;

    /// <summary>Returns the first record that is still to be sent, and removes final ones before it; null if the list is empty.</summary>
    public PendingRecord? First()
    {
        while (first is { IsFinal: true })
        {
            RemoveFirst();
        }

        return first;
    }

    public void RemoveFirst()
    {
        first = first!.Next;
        last = first is null ? null : last;
    }

    /// <summary>Adds a record at the end.</summary>
    public void Add(PendingRecord record)
    {
        record.Next = null;
        if (last is null)
        {
            first = record;
        }
        else
        {
            last.Next = record;
        }

        last = record;
    }

    /// <summary>Inserts a record before those that were submitted later.</summary>
    public void Insert(PendingRecord record)
    {
        var single = default(RecordList);
        single.Add(record);
        Merge(single);
    }

    /// <summary>Moves the records of another list into this one.</summary>
    public void Merge(RecordList other)
    {
        RecordList left = this;
        RecordList right = other;
        this = default;
        while (left.first is not null && right.first is not null)
        {
            ref RecordList earlier = ref left.first.Number < right.first.Number ? ref left : ref right;
            PendingRecord next = earlier.first!;
            earlier.RemoveFirst();
            Add(next);
        }

        Append(left.first is null ? right : left);
    }

    private void Append(RecordList rest)
    {
        if (rest.first is null)
        {
            return;
        }

        if (last is null)
        {
            this = rest;
            return;
        }

        last.Next = rest.first;
        last = rest.last;
    }
}
