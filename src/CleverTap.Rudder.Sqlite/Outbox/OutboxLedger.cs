using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>
/// Notes outcomes: an event leaves the file together with its final one, so that after a crash it is there still and goes
/// again. What is not delivered stays as a dead letter, as long and as many as the options say.
/// </summary>
/// <param name="name">The destination's name.</param>
/// <param name="options">How many dead letters are kept, and how long.</param>
/// <param name="thread">Who uses the file.</param>
/// <param name="gone">Is told how many events, and bytes of them, have left the file.</param>
/// <param name="logger">What goes wrong.</param>
/// <param name="time">The clock.</param>
internal sealed class OutboxLedger(string name, SqliteOutboxOptions options, OutboxThread thread, Action<int, long> gone, ILogger logger, TimeProvider time)
{
    private const long BytesToSettle = 1024 * 1024;

    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private long prunedTicks;
    private int lettersUnpruned;

    /// <summary>Notes outcomes, however long the file cannot be used. False where the time is up first.</summary>
    public async Task<bool> SettleAsync(List<(OutboxRow Row, EventOutcome Outcome)> settled, CancellationToken deadline)
    {
        if (settled.Count == 0) return true;
        DateTimeOffset now = time.GetUtcNow();
        while (true)
        {
            try
            {
                Interlocked.Add(ref lettersUnpruned, await thread.RunAsync(file => Settle(file, settled, now)).ConfigureAwait(false));
                break;
            }
            catch (SqliteOutboxException exception)
            {
                if (deadline.IsCancellationRequested) return false;
                await WaitForFileAsync(exception, deadline).ConfigureAwait(false);
            }
        }

        gone(settled.Count, settled.Sum(one => (long)one.Row.Json.Length));
        await PruneIfDueAsync(now).ConfigureAwait(false);
        return true;
    }

    /// <summary>Keeps an event for which there was no room.</summary>
    /// <exception cref="SqliteOutboxException">The file cannot be used.</exception>
    public async Task KeepAsync(byte[] json, EventOutcome outcome)
    {
        DateTimeOffset now = time.GetUtcNow();
        Interlocked.Add(ref lettersUnpruned, await thread.RunAsync(file => file.DeadLetters.Insert(json, outcome, now)).ConfigureAwait(false));
        await PruneIfDueAsync(now).ConfigureAwait(false);
    }

    /// <summary>Whether there is room to note outcomes: they need some, though events leave the file with them.</summary>
    /// <exception cref="SqliteOutboxException">The disk is full, so that what is delivered now would be delivered again.</exception>
    public void CheckRoom()
    {
        if (thread.FreeBytes < BytesToSettle) throw OutboxErrors.DiskFull(thread.Path, null);
    }

    /// <summary>Deletes the dead letters that are too old or too many.</summary>
    public async Task PruneAsync()
    {
        DateTimeOffset now = time.GetUtcNow();
        Interlocked.Exchange(ref prunedTicks, now.UtcTicks);
        Interlocked.Exchange(ref lettersUnpruned, 0);
        DateTimeOffset before = now - TimeSpan.FromTicks(Math.Min(options.DeadLetterRetention.Ticks, now.Ticks));
        int count = await thread.RunAsync(file => file.DeadLetters.Prune(before, options.MaxDeadLetters)).ConfigureAwait(false);
        if (count > 0) logger.Pruned(name, count);
    }

    public async Task WaitForFileAsync(SqliteOutboxException exception, CancellationToken deadline)
    {
        logger.FileFailed(name, exception.Fault, options.RetryInterval);
        await Task.Delay(options.RetryInterval, time, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Nothing is lost where it does not work: it is done some time later.</summary>
    private async Task PruneIfDueAsync(DateTimeOffset now)
    {
        bool isDue = Volatile.Read(ref lettersUnpruned) > options.MaxDeadLetters / 10 || now.UtcTicks - Interlocked.Read(ref prunedTicks) > PruneInterval.Ticks;
        if (!isDue) return;
        try
        {
            await PruneAsync().ConfigureAwait(false);
        }
        catch (SqliteOutboxException exception)
        {
            logger.FileFailed(name, exception.Fault, PruneInterval);
        }
    }

    private static int Settle(OutboxFile file, List<(OutboxRow Row, EventOutcome Outcome)> settled, DateTimeOffset now)
    {
        int letters = 0;
        foreach ((OutboxRow row, EventOutcome outcome) in settled)
        {
            file.Delete(row.Id);
            if (Outcome.IsDeadLetter(outcome)) letters += file.DeadLetters.Insert(row.Json, outcome, now);
        }

        return letters;
    }
}
