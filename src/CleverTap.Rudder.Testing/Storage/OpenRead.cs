using System.Globalization;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>A read whose cursors are valid. Not thread-safe.</summary>
/// <param name="Id">The id, which begins each cursor of the read.</param>
/// <param name="Kind">What the read returns.</param>
/// <param name="Query">The query.</param>
/// <param name="Until">The number of the last record of the read: later records are not part of it.</param>
/// <param name="OpenedAt">The time of the first request.</param>
internal sealed record OpenRead(string Id, ReadKind Kind, ReadQuery Query, long Until, DateTimeOffset OpenedAt)
{
    public DateTimeOffset UsedAt { get; set; } = OpenedAt;

    public bool IsValid(ReadKind expectedKind, DateTimeOffset now) =>
        Kind == expectedKind && now - OpenedAt <= Kind.Lifetime && now - UsedAt <= Kind.MaxIdle;

    /// <summary>Creates the cursor of the records after a number. It may be used again, for example after a lost response.</summary>
    public string CreateCursor(long after) => string.Create(CultureInfo.InvariantCulture, $"{Id}-{after}");
}
