using System.Globalization;
using CleverTap.Rudder.Internal.Kafka.Client;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Kafka;

/// <summary>Reports every error of a consumer's options in one message. The message never quotes a setting of the client.</summary>
internal sealed class KafkaConsumerOptionsValidator : IValidateOptions<KafkaConsumerOptions>
{
    /// <summary>Kafka's limit for the name of a topic.</summary>
    private const int MaxTopicLength = 249;

    public ValidateOptionsResult Validate(string? name, KafkaConsumerOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        BackgroundDeliveryOptionsValidator.CheckShared(errors, options);
        errors.Require(!string.IsNullOrWhiteSpace(options.BootstrapServers), "BootstrapServers is missing");
        CheckTopics(errors, options);
        foreach (string setting in ClientSettings.Reserved.Where(options.Client.ContainsKey))
        {
            errors.AddError($"Client may not set {setting}: {ClientSettings.WhyReserved(setting)}");
        }

        CheckPollInterval(errors, options);
        return errors.Build($"CleverTap topic '{options.Topic}' of destination '{name}'", options.ConfigurationErrors);
    }

    private static void CheckTopics(ValidateOptionsResultBuilder errors, KafkaConsumerOptions options)
    {
        errors.Require(IsTopic(options.Topic), "the topic may hold letters, digits, dots, hyphens and underscores, 249 at most");
        errors.Require(
            IsTopic(options.DeadLetterTopic),
            "DeadLetterTopic may hold letters, digits, dots, hyphens and underscores, 249 at most"
        );
        errors.Require(
            options.DeadLetterTopic != options.Topic,
            "DeadLetterTopic must be another topic, or rejected events would come back for ever"
        );
    }

    /// <summary>
    /// A worker does not poll while it hands partitions over. If that takes longer than the poll interval, the group removes the worker.
    /// </summary>
    private static void CheckPollInterval(ValidateOptionsResultBuilder errors, KafkaConsumerOptions options)
    {
        TimeSpan pollInterval = ClientSettings.DefaultPollInterval;
        if (options.Client.TryGetValue(ClientSettings.PollInterval, out string? text))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds))
            {
                errors.AddError($"Client:{ClientSettings.PollInterval} must be a whole number");
                return;
            }

            pollInterval = TimeSpan.FromMilliseconds(milliseconds);
        }

        errors.Require(
            options.ShutdownDeadline <= pollInterval / 2,
            $"ShutdownDeadline ({options.ShutdownDeadline}) must not be more than half of the client's {ClientSettings.PollInterval} "
                + $"({pollInterval})"
        );
    }

    private static bool IsTopic(string topic) =>
        topic.Length is > 0 and <= MaxTopicLength
        && topic is not ("." or "..")
        && topic.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
}
