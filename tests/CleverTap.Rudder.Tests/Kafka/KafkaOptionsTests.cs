using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Kafka;

public sealed class KafkaOptionsTests
{
    [Test]
    public void Every_option_binds_from_a_section()
    {
        var section = new ConfigurationManager
        {
            ["Capacity"] = "20",
            ["WhenFull"] = "DropNewest",
            ["FlushSize"] = "5",
            ["FlushInterval"] = "00:00:02",
            ["RetryInterval"] = "00:00:03",
            ["UnauthorizedPause"] = "00:00:04",
            ["ShutdownDeadline"] = "00:00:06",
            ["BootstrapServers"] = "kafka:9092",
            ["GroupId"] = "group",
            ["DeadLetterTopic"] = "letters",
            ["Client:security.protocol"] = "sasl_ssl",
        };

        KafkaConsumerOptions options = Read(destination => destination.AddKafkaConsumer("events", section));

        Assert.That((options.Capacity, options.WhenFull, options.FlushSize), Is.EqualTo((20, QueueFullMode.DropNewest, 5)));
        Assert.That(
            new[] { options.FlushInterval, options.RetryInterval, options.UnauthorizedPause, options.ShutdownDeadline }.Select(time =>
                time.TotalSeconds
            ),
            Is.EqualTo(new[] { 2.0, 3, 4, 6 })
        );
        Assert.That((options.BootstrapServers, options.GroupId, options.DeadLetterTopic), Is.EqualTo(("kafka:9092", "group", "letters")));
        Assert.That(options.Client, Is.EqualTo(new Dictionary<string, string> { ["security.protocol"] = "sasl_ssl" }));
    }

    [TestCase("", "clevertap")]
    [TestCase("india", "clevertap-india")]
    public void Group_and_dead_letter_topic_have_default_names(string destination, string group)
    {
        KafkaConsumerOptions options = Read(
            builder => builder.AddKafkaConsumer("events", options => options.BootstrapServers = "kafka:9092"),
            destination
        );

        Assert.That((options.GroupId, options.DeadLetterTopic), Is.EqualTo((group, "events.dead-letters")));
        Assert.That(options.ToString(), Is.EqualTo("Kafka topic events at kafka:9092"));
    }

    [Test]
    public void Validation_reports_all_errors_at_once_without_setting_values()
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() =>
            Read(builder =>
                builder.AddKafkaConsumer(
                    "an event",
                    options =>
                    {
                        options.Capacity = 0;
                        options.DeadLetterTopic = "an event";
                        options.ShutdownDeadline = TimeSpan.FromSeconds(10);
                        options.Client["max.poll.interval.ms"] = "15000";
                        options.Client["enable.auto.commit"] = "secret";
                        options.Client["group.id"] = "secret";
                    }
                )
            )
        )!;

        foreach (
            string part in new[]
            {
                "Capacity must be positive",
                "BootstrapServers is missing",
                "the topic may hold",
                "DeadLetterTopic may hold",
                "DeadLetterTopic must be another topic",
                "ShutdownDeadline (00:00:10) must not be more than half",
                "Client may not set enable.auto.commit",
                "Client may not set group.id: that is GroupId",
            }
        )
        {
            Assert.That(error.Message, Does.Contain(part));
        }

        Assert.That(error.Message, Does.Not.Contain("secret"));
    }

    [Test]
    public void Validation_rejects_a_misspelt_option()
    {
        var section = new ConfigurationManager { ["BootstrapServers"] = "kafka:9092", ["Bootstrap"] = "kafka:9092" };

        Assert.That(
            () => Read(builder => builder.AddKafkaConsumer("events", section)),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Bootstrap is no option")
        );
    }

    [TestCase("sasl.mechanismus", "hunter2")]
    [TestCase("security.protocol", "hunter2")]
    public void Start_rejects_settings_that_the_client_rejects_without_their_values(string setting, string value)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder
            .Services.AddCleverTapDestination(options => (options.AccountId, options.Passcode) = ("a", "p"))
            .AddKafkaConsumer(
                "events",
                options =>
                {
                    options.BootstrapServers = "127.0.0.1:1";
                    options.Client[setting] = value;
                }
            );
        using IHost host = builder.Build();

        OptionsValidationException error = Assert.ThrowsAsync<OptionsValidationException>(async () => await host.StartAsync())!;

        Assert.That(error.Message, Does.Contain(setting));
        Assert.That(error.ToString(), Does.Not.Contain(value));
    }

    [Test]
    public void Registration_rejects_a_second_background_queue()
    {
        ICleverTapDestinationBuilder destination = new ServiceCollection()
            .AddCleverTapDestination("india", _ => { })
            .AddBackgroundDelivery();

        Assert.That(
            () => destination.AddKafkaConsumer("events", _ => { }),
            Throws.InvalidOperationException.With.Message.Contains("'india'")
        );
    }

    private static KafkaConsumerOptions Read(Action<ICleverTapDestinationBuilder> add, string name = "")
    {
        ServiceCollection services = new();
        add(services.AddCleverTapDestination(name, _ => { }));
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<KafkaConsumerOptions>>().Get(name);
    }
}
