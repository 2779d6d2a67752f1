using System.Globalization;
using CleverTap.Rudder.Internal.Delivery.Engine;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Sqlite.Storage;

namespace CleverTap.Rudder.Internal.Sqlite.DeadLetters;

/// <summary>Lists, edits, replays and purges the dead letters on the thread that owns the file.</summary>
/// <param name="thread">The thread that owns the file.</param>
/// <param name="onReplayed">Called with the ids and bytes of the replayed events.</param>
internal sealed class SqliteDeadLetters(OutboxThread thread, Action<IReadOnlyList<(long Id, long Bytes)>> onReplayed) : IDeadLetters
{
    public Task<long> CountAsync(CancellationToken cancellationToken = default) =>
        thread.RunAsync(database => database.DeadLetters.Count()).WaitAsync(cancellationToken);

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(
        string? after = null,
        int count = 100,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long first = after is null ? 0 : ParseId(after);
        return await thread
            .RunAsync(database => database.DeadLetters.List(first, count))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<string?> EditAsync(string id, RudderEvent edited, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        byte[] json = EventWriter.ToEditedUtf8(edited);
        long number = ParseId(id);
        bool exists = await thread
            .RunAsync(database => database.DeadLetters.Edit(number, json, edited.MessageId))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        return exists ? id : null;
    }

    public async Task<int> ReplayAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        long[]? numbers = ParseIds(ids);
        IReadOnlyList<(long Id, long Bytes)> events = await thread
            .RunAsync(database => [.. ApplyTo(numbers, database.DeadLetters.Replay).SelectMany(replayed => replayed)], onReplayed)
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        return events.Count;
    }

    public Task<int> PurgeAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        long[]? numbers = ParseIds(ids);
        return thread.RunAsync(database => ApplyTo(numbers, database.DeadLetters.Purge).Sum()).WaitAsync(cancellationToken);
    }

    /// <summary>Deletes the dead letters of users, and empties the write-ahead log, which may still hold deleted data.</summary>
    public async Task RemoveAsync(UserSet users)
    {
        long after = 0;
        while (true)
        {
            List<OutboxRow> page = await thread.RunAsync(database => database.DeadLetters.Read(after)).ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }

            long[] matching = [.. page.Where(row => users.Matches(row.Json)).Select(row => row.Id)];
            if (matching.Length > 0)
            {
                await thread.RunAsync(database => matching.Sum(id => database.DeadLetters.Purge(id))).ConfigureAwait(false);
            }

            after = page[^1].Id;
        }

        // The log can only be emptied outside a transaction: after the commit.
        Exception? failure = null;
        await thread.RunAsync(database => database, database => failure = database.TruncateWal()).ConfigureAwait(false);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static IEnumerable<T> ApplyTo<T>(long[]? numbers, Func<long?, T> action) =>
        numbers is null ? [action(null)] : numbers.Select(number => action(number));

    private static long[]? ParseIds(IReadOnlyCollection<string>? ids) => ids is null ? null : [.. ids.Select(ParseId).Distinct().Order()];

    private static long ParseId(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FormatException("The id of a dead letter in an outbox must be a number.");
}
