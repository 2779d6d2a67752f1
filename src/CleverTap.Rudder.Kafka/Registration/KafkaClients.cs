using CleverTap.Rudder.Internal.Kafka.Consuming;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Kafka.Registration;

/// <summary>Opens the clients when the host starts, so that settings which the Kafka client does not take are found then.</summary>
internal static class KafkaClients
{
    /// <exception cref="OptionsValidationException">The client does not take its settings. The message quotes no value.</exception>
    public static IConsumer<byte[]?, byte[]?> Open(ConsumerContext context, ConsumerLoop loop)
    {
        try
        {
            context.Producer.Open();
            return loop.Open();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or KafkaException)
        {
            KafkaConsumerOptions options = context.Options;

            // The client's own words may hold a setting's value.
            string[] named = [.. options.Client.Keys.Where(setting => exception.Message.Contains(setting, StringComparison.Ordinal))];
            string fault =
                named.Length == 0
                    ? "the Kafka client does not take the settings of Client as they are together"
                    : $"the Kafka client does not take Client:{string.Join(", Client:", named)}";
            throw new OptionsValidationException(
                options.Topic,
                typeof(KafkaConsumerOptions),
                [$"CleverTap topic '{options.Topic}': {fault}."]
            );
        }
    }
}
