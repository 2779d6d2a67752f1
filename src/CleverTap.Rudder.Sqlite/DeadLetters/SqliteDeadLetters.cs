namespace CleverTap.Rudder;

/// <summary>Reads and changes the dead letters on the thread that owns the file.</summary>
/// <param name="thread">The thread.</param>
/// <param name="replayed">Called with the ids and bytes of the events that are enqueued again.</param>
internal sealed class SqliteDeadLetters(OutboxThread thread, Action<IReadOnlyList<(long Id, long Bytes)>> replayed) : ISqliteDeadLetters
{
    public Task<long> CountAsync(CancellationToken cancellationToken = default) =>
        thread.RunAsync(database => database.DeadLetters.Count()).WaitAsync(cancellationToken);

    public async Task<IReadOnlyList<SqliteDeadLetter>> ListAsync(
        long after = 0, int count = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return await thread.RunAsync(database => database.DeadLetters.List(after, count))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> ReplayAsync(IReadOnlyCollection<long>? ids = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<(long Id, long Bytes)> events = await thread.RunAsync(
            database => [.. ForEach(ids, database.DeadLetters.Replay).SelectMany(moved => moved)],
            replayed).WaitAsync(cancellationToken).ConfigureAwait(false);
        return events.Count;
    }

    public Task<int> PurgeAsync(IReadOnlyCollection<long>? ids = null, CancellationToken cancellationToken = default) =>
        thread.RunAsync(database => ForEach(ids, database.DeadLetters.Purge).Sum()).WaitAsync(cancellationToken);

    private static IEnumerable<T> ForEach<T>(IReadOnlyCollection<long>? ids, Func<long?, T> action) =>
        ids is null ? [action(null)] : ids.Order().Select(id => action(id));
}
