using Confluent.Kafka;

namespace CleverTap.Rudder;

/// <summary>A message of the topic and the event in it, or what becomes of it without one.</summary>
internal sealed class TopicMessage
{
    public TopicMessage(ConsumeResult<byte[]?, byte[]?> consumed, FinalDelivery delivery)
    {
        Consumed = consumed;
        if (RudderEvent.TryRead(consumed.Message.Value, out RudderEvent? rudderEvent, out EventError? error))
        {
            Event = rudderEvent;
        }
        else
        {
            Outcome = delivery.OutcomeOf(error);
        }
    }

    public ConsumeResult<byte[]?, byte[]?> Consumed { get; }

    public RudderEvent? Event { get; }

    /// <summary>What becomes of a message that is no event; null for one that is.</summary>
    public EventOutcome? Outcome { get; }
}
