using Confluent.Kafka;

namespace CleverTap.Rudder;

/// <summary>An event could not be written to, or read from, a topic. Neither the event nor a credential is part of it.</summary>
public sealed class CleverTapKafkaException : Exception
{
    private CleverTapKafkaException(string message, string reason)
        : base($"{message}: {reason}") => Reason = reason;

    /// <summary>The Kafka client's code, such as <c>Local_MsgTimedOut</c> or <c>TopicAuthorizationFailed</c>.</summary>
    public string Reason { get; }

    internal static CleverTapKafkaException NotWritten(string topic, ErrorCode code) =>
        new($"The event could not be written to Kafka topic '{topic}'", code.ToString());

    internal static CleverTapKafkaException NotRead(string topic, ErrorCode code) =>
        new($"The dead letters of Kafka topic '{topic}' could not be read", code.ToString());
}
