using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Telemetry;

/// <summary>What workers on a topic log. Event ids are stable. No message ever holds a value of an event, CleverTap's words, or a credential.</summary>
internal static partial class KafkaLog
{
    [LoggerMessage(30, LogLevel.Information, "CleverTap topic '{Topic}': partitions {Partitions} are this worker's")]
    public static partial void Assigned(this ILogger logger, string topic, string partitions);

    [LoggerMessage(
        31,
        LogLevel.Information,
        "CleverTap topic '{Topic}': partitions {Partitions} are handed over; {Held} events that were read are left to the next worker"
    )]
    public static partial void HandedOver(this ILogger logger, string topic, string partitions, int held);

    [LoggerMessage(
        32,
        LogLevel.Warning,
        "CleverTap topic '{Topic}': partitions {Partitions} are lost: the session timed out, or the partition was truncated"
    )]
    public static partial void Lost(this ILogger logger, string topic, string partitions);

    [LoggerMessage(
        33,
        LogLevel.Warning,
        "CleverTap topic '{Topic}': the Kafka client reports {Code}; this is logged once a minute, and the client's own text at level Debug"
    )]
    public static partial void ClientError(this ILogger logger, string topic, ErrorCode code);

    [LoggerMessage(34, LogLevel.Error, "CleverTap topic '{Topic}': the consumer failed with {Code}; a new one follows in {Delay}")]
    public static partial void ConsumerFailed(this ILogger logger, string topic, string code, TimeSpan delay);

    [LoggerMessage(
        35,
        LogLevel.Error,
        "CleverTap topic '{Topic}': {Events} events could not be written to '{DeadLetterTopic}' ({Code}); the next attempt follows in {Delay}"
    )]
    public static partial void DeadLettersFailed(
        this ILogger logger,
        string topic,
        int events,
        string deadLetterTopic,
        string code,
        TimeSpan delay
    );

    [LoggerMessage(36, LogLevel.Warning, "CleverTap topic '{Topic}': {Events} events went to '{DeadLetterTopic}'")]
    public static partial void DeadLettered(this ILogger logger, string topic, int events, string deadLetterTopic);

    [LoggerMessage(
        37,
        LogLevel.Warning,
        "CleverTap topic '{Topic}': {Users} users are deleted; what waits of them in the topic is still delivered, and it and '{DeadLetterTopic}' keep it until their retention ends"
    )]
    public static partial void UsersDeleted(this ILogger logger, string topic, int users, string deadLetterTopic);

    [LoggerMessage(38, LogLevel.Debug, "CleverTap topic '{Topic}': Kafka client, {Facility}: {Text}")]
    public static partial void Client(this ILogger logger, string topic, string facility, string text);

    [LoggerMessage(
        39,
        LogLevel.Warning,
        "CleverTap topic '{Topic}': records of purged dead letters could not be deleted from '{DeadLetterTopic}' ({Code}); they stay until its retention ends"
    )]
    public static partial void RecordsNotDeleted(this ILogger logger, string topic, string deadLetterTopic, ErrorCode code);
}
