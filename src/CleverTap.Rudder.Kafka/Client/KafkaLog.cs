using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Client;

/// <summary>
/// The log messages of workers. Event ids are stable. Logs never contain event values, texts of CleverTap or credentials.
/// </summary>
internal static partial class KafkaLog
{
    [LoggerMessage(
        29,
        LogLevel.Warning,
        "CleverTap topic '{Topic}': partition {Partition} was truncated or created again, and continues at offset {Offset}"
    )]
    public static partial void Truncated(this ILogger logger, string topic, int partition, long offset);

    [LoggerMessage(30, LogLevel.Information, "CleverTap topic '{Topic}': partitions {Partitions} assigned to this worker")]
    public static partial void Assigned(this ILogger logger, string topic, string partitions);

    [LoggerMessage(
        31,
        LogLevel.Information,
        "CleverTap topic '{Topic}': partitions {Partitions} handed over; {Pending} events that were read are left to the next worker"
    )]
    public static partial void HandedOver(this ILogger logger, string topic, string partitions, int pending);

    [LoggerMessage(
        32,
        LogLevel.Warning,
        "CleverTap topic '{Topic}': partitions {Partitions} lost, because the session timed out or the consumer failed"
    )]
    public static partial void Lost(this ILogger logger, string topic, string partitions);

    [LoggerMessage(
        33,
        LogLevel.Warning,
        "CleverTap topic '{Topic}': the Kafka client reports {Code}; each code is logged once a minute, "
            + "and the client's text at level Debug"
    )]
    public static partial void ClientError(this ILogger logger, string topic, ErrorCode code);

    [LoggerMessage(34, LogLevel.Error, "CleverTap topic '{Topic}': the consumer failed with {Code}; a new consumer starts in {Delay}")]
    public static partial void ConsumerFailed(this ILogger logger, string topic, string code, TimeSpan delay);

    [LoggerMessage(
        35,
        LogLevel.Error,
        "CleverTap topic '{Topic}': {Events} events could not be written to '{DeadLetterTopic}' ({Code}); next attempt in {Delay}"
    )]
    public static partial void DeadLettersFailed(
        this ILogger logger,
        string topic,
        int events,
        string deadLetterTopic,
        string code,
        TimeSpan delay
    );

    [LoggerMessage(36, LogLevel.Warning, "CleverTap topic '{Topic}': wrote {Events} events to '{DeadLetterTopic}'")]
    public static partial void DeadLettered(this ILogger logger, string topic, int events, string deadLetterTopic);

    [LoggerMessage(
        37,
        LogLevel.Warning,
        "CleverTap topic '{Topic}': {Users} users deleted; their events in the topic are still delivered. "
            + "The topic and '{DeadLetterTopic}' keep them until their retention ends"
    )]
    public static partial void UsersDeleted(this ILogger logger, string topic, int users, string deadLetterTopic);

    [LoggerMessage(38, LogLevel.Debug, "CleverTap topic '{Topic}': Kafka client, {Facility}: {Text}")]
    public static partial void Client(this ILogger logger, string topic, string facility, string text);

    [LoggerMessage(
        39,
        LogLevel.Warning,
        "CleverTap topic '{Topic}': records of purged dead letters could not be deleted from '{DeadLetterTopic}' ({Code}). "
            + "They stay until its retention ends"
    )]
    public static partial void RecordsNotDeleted(this ILogger logger, string topic, string deadLetterTopic, ErrorCode code);
}
