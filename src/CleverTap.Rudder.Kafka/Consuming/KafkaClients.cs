using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Opens the clients when the host starts, so that wrong settings of the client fail the start.</summary>
internal static class KafkaClients
{
    /// <exception cref="OptionsValidationException">The client rejects its settings. The message contains no value of them.</exception>
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

            // The client's message may contain the value of a setting, so that only names are taken from it.
            string[] named = [.. options.Client.Keys.Where(setting => exception.Message.Contains(setting, StringComparison.Ordinal))];
            string fault =
                named.Length == 0
                    ? "the Kafka client rejects the combination of settings in Client"
                    : $"the Kafka client rejects Client:{string.Join(", Client:", named)}";
            throw new OptionsValidationException(
                options.Topic,
                typeof(KafkaConsumerOptions),
                [$"CleverTap topic '{options.Topic}': {fault}."]
            );
        }
    }
}
