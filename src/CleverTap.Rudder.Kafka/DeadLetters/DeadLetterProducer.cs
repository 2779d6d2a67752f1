using CleverTap.Rudder.Internal.Kafka.Client;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>Writes undelivered events to the dead-letter topic, with the reason in headers. Thread-safe.</summary>
internal sealed class DeadLetterProducer(KafkaConsumerOptions options, TopicProducer producer, ILogger logger, TimeProvider time)
{
    /// <summary>Writes letters, with retries until all are acknowledged or the deadline passes. Never throws.</summary>
    /// <returns>Whether all are written.</returns>
    public async Task<bool> WriteAsync(IReadOnlyList<DeadLetterMessage> letters, CancellationToken deadline)
    {
        if (letters.Count == 0)
        {
            return true;
        }

        IReadOnlyList<DeadLetterMessage> pending = letters;
        while (!deadline.IsCancellationRequested)
        {
            ErrorCode[] codes = await Task.WhenAll(pending.Select(WriteAsync)).ConfigureAwait(false);
            pending = [.. pending.Where((_, index) => codes[index] != ErrorCode.NoError)];
            if (pending.Count == 0)
            {
                logger.DeadLettered(options.Topic, letters.Count, options.DeadLetterTopic);
                return true;
            }

            string code = codes.First(code => code != ErrorCode.NoError).ToString();
            logger.DeadLettersFailed(options.Topic, pending.Count, options.DeadLetterTopic, code, options.RetryInterval);
            await Task.Delay(options.RetryInterval, time, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    /// <summary>
    /// Writes a letter once, and omits parts that are too large for the topic: a large letter must not block its partition.
    /// </summary>
    public async Task<ErrorCode> WriteAsync(DeadLetterMessage letter)
    {
        var code = ErrorCode.NoError;
        var topic = new TopicPartition(options.DeadLetterTopic, Partition.Any);
        for (DeadLetterPart omitted = DeadLetterPart.None; omitted <= DeadLetterPart.Key; omitted++)
        {
            (code, _) = await producer.WriteAsync(topic, letter.Without(omitted)).ConfigureAwait(false);
            if (code is not (ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge))
            {
                break;
            }
        }

        return code;
    }
}
