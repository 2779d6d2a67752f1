using System.Globalization;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Keeps the open reads up to a capacity; the oldest are removed. Not thread-safe.</summary>
/// <remarks>
/// A cursor is the id of its read and the number of the last record before the page, so all cursors of a read need one entry, and
/// nothing is copied when a read is opened.
/// </remarks>
internal sealed class OpenReads(TimeProvider timeProvider)
{
    public const int Capacity = 1000;

    private readonly Dictionary<string, OpenRead> byId = new(StringComparer.Ordinal);
    private readonly Queue<string> ids = new();

    /// <summary>Opens a read.</summary>
    /// <param name="kind">What the read returns.</param>
    /// <param name="query">The query.</param>
    /// <param name="until">The number of the last stored record.</param>
    /// <returns>The cursor of the first page.</returns>
    public string Open(ReadKind kind, ReadQuery query, long until)
    {
        if (ids.Count == Capacity)
        {
            byId.Remove(ids.Dequeue());
        }

        string id = Guid.NewGuid().ToString("N");
        var read = new OpenRead(id, kind, query, until, timeProvider.GetUtcNow());
        byId.Add(id, read);
        ids.Enqueue(id);
        return read.CreateCursor(after: 0);
    }

    /// <summary>Finds the read and the position of a cursor, and marks the read as used.</summary>
    /// <returns>Null if the cursor is unknown, expired, or of another kind.</returns>
    public (OpenRead Read, long After)? Find(ReadKind kind, string cursor)
    {
        int separator = cursor.LastIndexOf('-');
        if (
            separator < 0
            || !byId.TryGetValue(cursor[..separator], out OpenRead? read)
            || !long.TryParse(cursor.AsSpan(separator + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long after)
        )
        {
            return null;
        }

        DateTimeOffset now = timeProvider.GetUtcNow();
        if (!read.IsValid(kind, now))
        {
            return null;
        }

        read.UsedAt = now;
        return (read, after);
    }

    public void Clear()
    {
        byId.Clear();
        ids.Clear();
    }
}
