using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Kafka.Client;
using CleverTap.Rudder.Internal.Kafka.Consuming;
using CleverTap.Rudder.Internal.Kafka.DeadLetters;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Queue;

/// <summary>Lists, edits, replays and purges the letters of the dead-letter topic.</summary>
/// <remarks>
/// A topic can only be appended to, and truncated at its beginning. A replay, edit or purge therefore appends a message to the letter's
/// partition that settles the letter, so that every process sees it.
/// </remarks>
/// <param name="context">The clients and options of the consumer.</param>
/// <param name="enqueue">Writes a message to the topic of events.</param>
internal sealed class KafkaDeadLetters(ConsumerContext context, Func<Message<byte[]?, byte[]?>, Task<ErrorCode>> enqueue)
    : IDeadLetters,
        IDisposable
{
    private const int MaxPageCount = 1000;

    private readonly KafkaConsumerOptions options = context.Options;
    private readonly SemaphoreSlim mutex = new(1, 1);

    public Task<long> CountAsync(CancellationToken cancellationToken = default) =>
        RunAsync((_, scan) => Task.FromResult((long)scan.Open.Count), cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListAsync(string? after = null, int count = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        DeadLetterPosition? position = after is null ? null : DeadLetterPosition.Parse(after);
        return RunAsync(
            (reader, scan) => Task.FromResult<IReadOnlyList<DeadLetter>>(List(reader, scan.GetOpenAfter(position).Take(count).ToArray())),
            cancellationToken
        );
    }

    public Task<string?> EditAsync(string id, RudderEvent edited, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        byte[] json = EventWriter.ToEditedUtf8(edited);
        DeadLetterPosition position = DeadLetterPosition.Parse(id);
        return RunAsync((reader, scan) => ReplaceAsync(reader, scan, position, edited, json), cancellationToken);
    }

    public Task<int> ReplayAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        DeadLetterPosition[]? positions = ParsePositions(ids);
        return RunAsync((reader, scan) => ReplayAsync(reader, scan, scan.Select(positions)), cancellationToken);
    }

    public Task<int> PurgeAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        DeadLetterPosition[]? positions = ParsePositions(ids);
        return RunAsync(
            async (_, scan) =>
            {
                DeadLetterPosition[] purged = scan.Select(positions);
                await SettleAsync(scan, purged).ConfigureAwait(false);
                await DeleteRecordsAsync(scan).ConfigureAwait(false);
                return purged.Length;
            },
            cancellationToken
        );
    }

    public void Dispose() => mutex.Dispose();

    private static DeadLetterPosition[]? ParsePositions(IReadOnlyCollection<string>? ids) =>
        ids is null ? null : [.. ids.Select(DeadLetterPosition.Parse)];

    private static List<DeadLetter> List(DeadLetterReader reader, ReadOnlyMemory<DeadLetterPosition> positions)
    {
        List<DeadLetter> page = [];
        long bytes = 0;
        while (bytes < DeadLetterReader.MaxPageBytes && !positions.IsEmpty)
        {
            (List<ConsumeResult<byte[]?, byte[]?>> letters, int count) = reader.ReadPage(positions, positions.Length);
            page.AddRange(letters.Select(DeadLetterHeaders.Read));
            bytes += letters.Sum(letter => (long)(letter.Message.Value?.Length ?? 0));
            positions = positions[count..];
        }

        return page;
    }

    /// <summary>Runs one action at a time, each with a new scan of the topic.</summary>
    private Task<T> RunAsync<T>(Func<DeadLetterReader, DeadLetterScan, Task<T>> action, CancellationToken cancellationToken)
    {
        return Task.Run(RunAloneAsync, CancellationToken.None).WaitAsync(cancellationToken);

        async Task<T> RunAloneAsync()
        {
            await mutex.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                using var reader = new DeadLetterReader(context, cancellationToken);
                return await action(reader, reader.Scan()).ConfigureAwait(false);
            }
            finally
            {
                mutex.Release();
            }
        }
    }

    /// <summary>Writes an edited letter and settles the old one.</summary>
    /// <returns>The id of the new letter; null if the old letter is not open.</returns>
    private async Task<string?> ReplaceAsync(
        DeadLetterReader reader,
        DeadLetterScan scan,
        DeadLetterPosition position,
        RudderEvent edited,
        byte[] json
    )
    {
        if (!scan.Open.Contains(position) || reader.ReadPage(new[] { position }, 1).Letters is not [{ } letter])
        {
            return null;
        }

        var message = new Message<byte[]?, byte[]?>
        {
            Key = KafkaQueue.GetMessageKey(edited),
            Value = json,
            Headers = DeadLetterHeaders.CopyForEditedLetter(letter.Message.Headers),
            Timestamp = letter.Message.Timestamp,
        };
        long offset = await WriteAsync(position.Partition, message).ConfigureAwait(false);
        await SettleAsync(scan, [position]).ConfigureAwait(false);
        return new DeadLetterPosition(position.Partition, offset).ToString();
    }

    /// <summary>Writes letters to the topic of events and settles them. A letter without a value has no event and stays.</summary>
    private async Task<int> ReplayAsync(DeadLetterReader reader, DeadLetterScan scan, ReadOnlyMemory<DeadLetterPosition> positions)
    {
        int replayed = 0;
        while (!positions.IsEmpty)
        {
            (List<ConsumeResult<byte[]?, byte[]?>> page, int count) = reader.ReadPage(positions, MaxPageCount);
            replayed += await ReplayPageAsync(scan, page).ConfigureAwait(false);
            positions = positions[count..];
        }

        return replayed;
    }

    /// <summary>Replays a page. Letters that were written are settled before an error of another letter is thrown.</summary>
    private async Task<int> ReplayPageAsync(DeadLetterScan scan, List<ConsumeResult<byte[]?, byte[]?>> page)
    {
        ConsumeResult<byte[]?, byte[]?>[] letters = [.. page.Where(letter => letter.Message.Value is not null)];
        IEnumerable<Task<ErrorCode>> writes = letters.Select(letter => enqueue(DeadLetterHeaders.CreateOriginalMessage(letter.Message)));
        ErrorCode[] codes = await Task.WhenAll(writes).ConfigureAwait(false);
        DeadLetterPosition[] done = [.. letters.Where((_, index) => codes[index] == ErrorCode.NoError).Select(GetPosition)];
        await SettleAsync(scan, done).ConfigureAwait(false);
        ErrorCode failed = Array.Find(codes, code => code != ErrorCode.NoError);
        return failed == ErrorCode.NoError ? done.Length : throw CleverTapKafkaException.NotWritten(options.Topic, failed);
    }

    private static DeadLetterPosition GetPosition(ConsumeResult<byte[]?, byte[]?> letter) => new(letter.Partition, letter.Offset);

    /// <summary>Writes messages that settle letters.</summary>
    private async Task SettleAsync(DeadLetterScan scan, IReadOnlyList<DeadLetterPosition> positions)
    {
        foreach (IGrouping<int, DeadLetterPosition> partition in positions.GroupBy(position => position.Partition))
        {
            foreach (DeadLetterPosition[] chunk in partition.Chunk(MaxPageCount))
            {
                Headers headers = DeadLetterHeaders.CreateSettled(chunk.Select(position => position.Offset));
                await WriteAsync(partition.Key, new Message<byte[]?, byte[]?> { Headers = headers }).ConfigureAwait(false);
            }
        }

        scan.Settle(positions);
    }

    private async Task<long> WriteAsync(int partition, Message<byte[]?, byte[]?> message)
    {
        var target = new TopicPartition(options.DeadLetterTopic, partition);
        (ErrorCode code, TopicPartitionOffset? written) = await context.Producer.WriteAsync(target, message).ConfigureAwait(false);
        return written?.Offset ?? throw CleverTapKafkaException.NotWritten(options.DeadLetterTopic, code);
    }

    /// <summary>
    /// Deletes the records before the first open letter of each partition. If the brokers refuse, the retention deletes them.
    /// </summary>
    private async Task DeleteRecordsAsync(DeadLetterScan scan)
    {
        TopicPartitionOffset[] offsets =
        [
            .. scan.FindDeletableRecords()
                .Select(position => new TopicPartitionOffset(options.DeadLetterTopic, position.Partition, position.Offset)),
        ];
        ErrorCode code = offsets.Length == 0 ? ErrorCode.NoError : await context.Producer.DeleteRecordsAsync(offsets).ConfigureAwait(false);
        if (code != ErrorCode.NoError)
        {
            context.Logger.RecordsNotDeleted(options.Topic, options.DeadLetterTopic, code);
        }
    }
}
