using System.Globalization;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Kafka.Registration;

/// <summary>Every error of the options in one message. It never quotes a setting of the client.</summary>
internal sealed class KafkaConsumerOptionsValidator : IValidateOptions<KafkaConsumerOptions>
{
    /// <summary>Kafka's limit.</summary>
    private const int LongestTopic = 249;

    public ValidateOptionsResult Validate(string? name, KafkaConsumerOptions options)
    {
        List<string> errors = BackgroundDeliveryOptionsValidator.Errors(options);
        if (string.IsNullOrWhiteSpace(options.BootstrapServers))
        {
            errors.Add("BootstrapServers is missing");
        }

        if (!IsTopic(options.Topic))
        {
            errors.Add("the topic may hold letters, digits, dots, hyphens and underscores, 249 at most");
        }

        if (!IsTopic(options.DeadLetterTopic))
        {
            errors.Add("DeadLetterTopic may hold letters, digits, dots, hyphens and underscores, 249 at most");
        }

        if (options.DeadLetterTopic == options.Topic)
        {
            errors.Add("DeadLetterTopic must be another topic, or rejected events would come back for ever");
        }

        foreach (string setting in ClientSettings.Reserved.Where(options.Client.ContainsKey))
        {
            errors.Add($"Client may not set {setting}: {ClientSettings.WhyReserved(setting)}");
        }

        CheckPollInterval(options, errors);
        return BackgroundDeliveryOptionsValidator.Result($"CleverTap topic '{options.Topic}' of destination '{name}'", options, errors);
    }

    /// <summary>A worker that hands partitions over does not poll; the group must not take it for dead meanwhile.</summary>
    private static void CheckPollInterval(KafkaConsumerOptions options, List<string> errors)
    {
        TimeSpan poll = ClientSettings.DefaultPollInterval;
        if (options.Client.TryGetValue(ClientSettings.PollInterval, out string? text))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds))
            {
                errors.Add($"Client:{ClientSettings.PollInterval} must be a whole number");
                return;
            }

            poll = TimeSpan.FromMilliseconds(milliseconds);
        }

        if (options.ShutdownDeadline > poll / 2)
        {
            errors.Add(
                $"ShutdownDeadline ({options.ShutdownDeadline}) must not be more than half of the client's {ClientSettings.PollInterval} ({poll})"
            );
        }
    }

    private static bool IsTopic(string topic) =>
        topic.Length is > 0 and <= LongestTopic
        && topic is not ("." or "..")
        && topic.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
}
