using CleverTap.Rudder.Internal.Queues;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>An undelivered event as a message of the dead-letter topic.</summary>
/// <param name="Key">The key of the original message.</param>
/// <param name="Value">The value of the original message, which may not be an event.</param>
/// <param name="Outcome">The final outcome.</param>
/// <param name="Topic">The topic of the original message.</param>
/// <param name="Consumed">The original message; null for an event that was never written to the topic.</param>
internal sealed record DeadLetterMessage(
    byte[]? Key,
    byte[]? Value,
    EventOutcome Outcome,
    string Topic,
    ConsumeResult<byte[]?, byte[]?>? Consumed = null
)
{
    /// <summary>Creates the letter of a consumed message.</summary>
    public static DeadLetterMessage From(SettledEvent settled)
    {
        var consumed = (ConsumeResult<byte[]?, byte[]?>)settled.Event.Origin!;
        return new DeadLetterMessage(consumed.Message.Key, consumed.Message.Value, settled.Outcome, consumed.Topic, consumed);
    }

    /// <summary>Creates the message without the parts that are too large for the topic. Its headers name the omitted parts.</summary>
    public Message<byte[]?, byte[]?> Without(DeadLetterPart omitted) =>
        new()
        {
            Key = omitted >= DeadLetterPart.Key ? null : Key,
            Value = omitted >= DeadLetterPart.Value ? null : Value,
            Headers = DeadLetterHeaders.Create(this, omitted),
        };
}
