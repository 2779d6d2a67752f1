using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Queues;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>An event that will not be delivered, as a message of the dead-letter topic.</summary>
/// <param name="Key">The key of the message that it was, or would have been.</param>
/// <param name="Value">The message's value: the event, if it is one.</param>
/// <param name="Outcome">Why it will not be delivered.</param>
/// <param name="Topic">The topic that it was in, or for.</param>
/// <param name="Consumed">The message; null for an event that was never in the topic.</param>
internal sealed record DeadLetterMessage(
    byte[]? Key,
    byte[]? Value,
    EventOutcome Outcome,
    string Topic,
    ConsumeResult<byte[]?, byte[]?>? Consumed = null
)
{
    /// <summary>The letter of a message of a partition.</summary>
    public static DeadLetterMessage From(SettledEvent settled)
    {
        var consumed = (ConsumeResult<byte[]?, byte[]?>)settled.Event.Origin!;
        return new DeadLetterMessage(consumed.Message.Key, consumed.Message.Value, settled.Outcome, consumed.Topic, consumed);
    }

    /// <summary>The letter as a message without what is too large for the topic. Its headers say what is left out.</summary>
    public Message<byte[]?, byte[]?> Without(DeadLetterPart omitted) =>
        new()
        {
            Key = omitted >= DeadLetterPart.Key ? null : Key,
            Value = omitted >= DeadLetterPart.Value ? null : Value,
            Headers = DeadLetterHeaders.Create(this, omitted),
        };
}
