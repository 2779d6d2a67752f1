using System.Globalization;
using CleverTap.Rudder.Internal.Delivery.Engine;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Sqlite.Outbox;

namespace CleverTap.Rudder.Internal.Sqlite.DeadLetters;

/// <summary>Reads and changes the dead letters on the thread that owns the file.</summary>
/// <param name="thread">The thread.</param>
/// <param name="replayed">Called with the ids and bytes of the events that are enqueued again.</param>
internal sealed class SqliteDeadLetters(OutboxThread thread, Action<IReadOnlyList<(long Id, long Bytes)>> replayed) : IDeadLetters
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
        long first = after is null ? 0 : Number(after);
        return await thread
            .RunAsync(database => database.DeadLetters.List(first, count))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<string?> EditAsync(string id, RudderEvent edited, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        byte[] json = EventWriter.ToEditedUtf8(edited);
        long number = Number(id);
        bool isThere = await thread
            .RunAsync(database => database.DeadLetters.Edit(number, json, edited.MessageId))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        return isThere ? id : null;
    }

    public async Task<int> ReplayAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        long[]? numbers = Numbers(ids);
        IReadOnlyList<(long Id, long Bytes)> events = await thread
            .RunAsync(database => [.. ForEach(numbers, database.DeadLetters.Replay).SelectMany(moved => moved)], replayed)
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        return events.Count;
    }

    public Task<int> PurgeAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        long[]? numbers = Numbers(ids);
        return thread.RunAsync(database => ForEach(numbers, database.DeadLetters.Purge).Sum()).WaitAsync(cancellationToken);
    }

    /// <summary>Deletes those of users, and what the files still hold of all that was deleted before.</summary>
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

            long[] theirs = [.. page.Where(row => users.Owns(row.Json)).Select(row => row.Id)];
            if (theirs.Length > 0)
            {
                await thread.RunAsync(database => theirs.Sum(id => database.DeadLetters.Purge(id))).ConfigureAwait(false);
            }

            after = page[^1].Id;
        }

        OutboxDatabase? used = null;
        Exception? failure = null;
        await thread.RunAsync(database => used = database, _ => failure = used!.TruncateWal()).ConfigureAwait(false);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static IEnumerable<T> ForEach<T>(long[]? numbers, Func<long?, T> action) =>
        numbers is null ? [action(null)] : numbers.Select(number => action(number));

    private static long[]? Numbers(IReadOnlyCollection<string>? ids) => ids is null ? null : [.. ids.Select(Number).Distinct().Order()];

    private static long Number(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FormatException("The id of a dead letter of an outbox is a number.");
}
