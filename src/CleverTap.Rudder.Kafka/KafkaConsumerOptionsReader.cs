using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Kafka;

/// <summary>Reads <see cref="KafkaConsumerOptions"/> from a configuration section.</summary>
internal static class KafkaConsumerOptionsReader
{
    public static void Read(KafkaConsumerOptions options, IConfiguration section)
    {
        var reader = SectionReader.Create(section, options.ConfigurationErrors);
        BackgroundDeliveryOptionsReader.ReadShared(options, reader);
        options.BootstrapServers = reader.Text(nameof(options.BootstrapServers), options.BootstrapServers);
        options.GroupId = reader.Text(nameof(options.GroupId), options.GroupId);
        options.DeadLetterTopic = reader.Text(nameof(options.DeadLetterTopic), options.DeadLetterTopic);
        foreach (IConfigurationSection setting in reader.Section(nameof(options.Client)).GetChildren())
        {
            options.Client[setting.Key] = setting.Value ?? "";
        }

        reader.RejectUnknown();
    }
}
