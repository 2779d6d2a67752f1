using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>Keeps events that will not be delivered, with key and value as they were and the reason in headers. Thread-safe.</summary>
internal sealed class DeadLetterTopic(KafkaConsumerOptions options, TopicWriter writer, ILogger logger, TimeProvider time)
{
    /// <summary>Writes letters, again and again until each is acknowledged or time is up. Never throws.</summary>
    /// <returns>Whether all are written.</returns>
    public async Task<bool> WriteAsync(IReadOnlyList<(TopicMessage Message, EventOutcome Outcome)> letters, CancellationToken deadline)
    {
        if (letters.Count == 0) return true;
        IReadOnlyList<(TopicMessage Message, EventOutcome Outcome)> open = letters;
        while (!deadline.IsCancellationRequested)
        {
            ErrorCode[] codes = await Task.WhenAll(open.Select(letter => WriteAsync(letter.Message, letter.Outcome))).ConfigureAwait(false);
            open = [.. open.Where((_, place) => codes[place] != ErrorCode.NoError)];
            if (open.Count == 0)
            {
                logger.DeadLettered(options.Topic, letters.Count, options.DeadLetterTopic);
                return true;
            }

            logger.DeadLettersFailed(options.Topic, open.Count, options.DeadLetterTopic, codes.First(code => code != ErrorCode.NoError).ToString(), options.RetryInterval);
            await Task.Delay(options.RetryInterval, time, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    /// <summary>A value that this topic has no room for must not hold its partition up for ever: the headers say where it is.</summary>
    private async Task<ErrorCode> WriteAsync(TopicMessage message, EventOutcome outcome)
    {
        ErrorCode code = await WriteAsync(message, outcome, isValueLeftOut: false).ConfigureAwait(false);
        return code == ErrorCode.MsgSizeTooLarge ? await WriteAsync(message, outcome, isValueLeftOut: true).ConfigureAwait(false) : code;
    }

    private async Task<ErrorCode> WriteAsync(TopicMessage message, EventOutcome outcome, bool isValueLeftOut)
    {
        (ErrorCode code, _) = await writer.WriteAsync(options.DeadLetterTopic, new Message<byte[]?, byte[]?>
        {
            Key = message.Consumed.Message.Key,
            Value = isValueLeftOut ? null : message.Consumed.Message.Value,
            Headers = DeadLetterHeaders.Of(message.Consumed, outcome, isValueLeftOut),
        }).ConfigureAwait(false);
        return code;
    }
}
