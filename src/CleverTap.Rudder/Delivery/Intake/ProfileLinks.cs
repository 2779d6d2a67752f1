using CleverTap.Rudder.Internal.Delivery.Engine;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>
/// Stores the pairs of anonymous id and user id whose link was sent, because a user identifies often and the link is needed once. When the
/// capacity is exceeded, the oldest pairs are removed; sending their link again has no effect at CleverTap. Thread-safe.
/// </summary>
internal sealed class ProfileLinks(int capacity = ProfileLinks.DefaultCapacity)
{
    public const int DefaultCapacity = 50_000;

    private readonly object gate = new();
    private readonly HashSet<(string Anonymous, string User)> known = [];
    private readonly Queue<(string Anonymous, string User)> oldest = new();

    /// <summary>Returns the records without known links, and adds the other links to the known ones.</summary>
    public IReadOnlyList<CleverTapRecord> WithoutKnown(IReadOnlyList<CleverTapRecord> records)
    {
        if (records.Count < 2 || !records.Any(IsLink))
        {
            return records;
        }

        return [.. records.Where(record => !IsLink(record) || TryAdd(PairOf(record)))];
    }

    /// <summary>Removes the links of records that were not delivered, so that they are sent again.</summary>
    public void Forget(IReadOnlyList<CleverTapRecord> records)
    {
        lock (gate)
        {
            foreach (CleverTapRecord record in records.Where(IsLink))
            {
                known.Remove(PairOf(record));
            }
        }
    }

    /// <summary>Removes the links of deleted users, whose profiles CleverTap no longer links.</summary>
    public void Forget(IReadOnlyCollection<string> userIds)
    {
        lock (gate)
        {
            known.RemoveWhere(pair => userIds.Contains(pair.Anonymous) || userIds.Contains(pair.User));
        }
    }

    private bool TryAdd((string Anonymous, string User) pair)
    {
        lock (gate)
        {
            if (!known.Add(pair))
            {
                return false;
            }

            oldest.Enqueue(pair);
            while (oldest.Count > capacity)
            {
                known.Remove(oldest.Dequeue());
            }

            return true;
        }
    }

    private static bool IsLink(CleverTapRecord record) => record is ProfileRecord { IsLink: true };

    private static (string Anonymous, string User) PairOf(CleverTapRecord record) =>
        (record.Identity ?? "", ProfileRepair.GetProfileData(record).Member("identity"u8).ToText() ?? "");
}
