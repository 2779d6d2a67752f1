namespace CleverTap.Rudder;

/// <summary>An event could not be written to the topic of a queue. Neither the event nor a credential is part of it.</summary>
public sealed class CleverTapKafkaException : Exception
{
    internal CleverTapKafkaException(string topic, string reason)
        : base($"The event could not be written to Kafka topic '{topic}': {reason}") => Reason = reason;

    /// <summary>The Kafka client's code, such as <c>Local_MsgTimedOut</c> or <c>TopicAuthorizationFailed</c>.</summary>
    public string Reason { get; }
}
