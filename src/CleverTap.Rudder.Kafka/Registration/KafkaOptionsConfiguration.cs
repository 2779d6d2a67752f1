using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Kafka.Registration;

/// <summary>Reads the options of a consumer from configuration, including those that all queues share.</summary>
internal static class KafkaOptionsConfiguration
{
    public static void Read(KafkaConsumerOptions options, IConfiguration section)
    {
        var read = OptionsReader.From(section, options.ConfigurationErrors);
        OptionsConfiguration.Read(options, read);
        options.BootstrapServers = read.Text(nameof(options.BootstrapServers), options.BootstrapServers);
        options.GroupId = read.Text(nameof(options.GroupId), options.GroupId);
        options.DeadLetterTopic = read.Text(nameof(options.DeadLetterTopic), options.DeadLetterTopic);
        foreach (IConfigurationSection setting in read.Section(nameof(options.Client)).GetChildren())
        {
            options.Client[setting.Key] = setting.Value ?? "";
        }

        read.RejectOthers();
    }
}
