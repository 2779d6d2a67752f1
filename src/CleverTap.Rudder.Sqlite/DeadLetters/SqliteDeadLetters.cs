namespace CleverTap.Rudder;

/// <summary>Asks the thread that owns the file.</summary>
/// <param name="thread">The thread.</param>
/// <param name="replayed">Is told how many events, and bytes of them, wait once more.</param>
internal sealed class SqliteDeadLetters(OutboxThread thread, Action<long, long> replayed) : ISqliteDeadLetters
{
    public Task<long> CountAsync(CancellationToken cancellationToken = default) =>
        thread.RunAsync(file => file.DeadLetters.Count()).WaitAsync(cancellationToken);

    public async Task<IReadOnlyList<SqliteDeadLetter>> ListAsync(long after = 0, int count = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return await thread.RunAsync(file => file.DeadLetters.List(after, count)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> ReplayAsync(IReadOnlyCollection<long>? ids = null, CancellationToken cancellationToken = default)
    {
        (int events, _) = await thread.RunAsync(
            file => Each(ids, file.DeadLetters.Replay).Aggregate((Events: 0, Bytes: 0L), (sum, one) => (sum.Events + one.Events, sum.Bytes + one.Bytes)),
            moved => replayed(moved.Events, moved.Bytes)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return events;
    }

    public Task<int> PurgeAsync(IReadOnlyCollection<long>? ids = null, CancellationToken cancellationToken = default) =>
        thread.RunAsync(file => Each(ids, file.DeadLetters.Purge).Sum()).WaitAsync(cancellationToken);

    private static IEnumerable<T> Each<T>(IReadOnlyCollection<long>? ids, Func<long?, T> act) => ids is null ? [act(null)] : ids.Order().Select(id => act(id));
}
