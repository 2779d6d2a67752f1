using Confluent.Kafka;

namespace CleverTap.Rudder;

/// <summary>A Kafka topic could not be written or read. The exception contains neither event values nor credentials.</summary>
public sealed class CleverTapKafkaException : Exception
{
    private CleverTapKafkaException(string message, string reason)
        : base($"{message}: {reason}") => Reason = reason;

    /// <summary>Gets the error code of the Kafka client, such as <c>Local_MsgTimedOut</c> or <c>TopicAuthorizationFailed</c>.</summary>
    public string Reason { get; }

    internal static CleverTapKafkaException NotWritten(string topic, ErrorCode code) =>
        new($"The event could not be written to Kafka topic '{topic}'", code.ToString());

    internal static CleverTapKafkaException NotRead(string topic, ErrorCode code) =>
        new($"The dead letters of Kafka topic '{topic}' could not be read", code.ToString());
}
