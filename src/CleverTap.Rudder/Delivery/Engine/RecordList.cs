namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Records of one user in the order in which they were submitted. They are linked to each other, because a list with a node for each
/// record costs as much memory as the record.
/// </summary>
internal struct RecordList
{
    private PendingRecord? first;
    private PendingRecord? last;

    /// <summary>The first record that is still to be sent; null if there is none.</summary>
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

    /// <summary>Adds a record behind the others.</summary>
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

    /// <summary>Puts a record in front of those that were submitted later.</summary>
    public void Insert(PendingRecord record)
    {
        var single = default(RecordList);
        single.Add(record);
        Merge(single);
    }

    /// <summary>Takes over the records of another list.</summary>
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
