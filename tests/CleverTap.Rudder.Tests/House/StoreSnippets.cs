using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The examples in the documentation of the outbox and the Kafka consumer, line by line, compiled and run.</summary>
public sealed class StoreSnippets
{
    private HostApplicationBuilder builder = null!;

    [SetUp]
    public void CreateBuilder()
    {
        builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["CleverTap:AccountId"] = "account";
        builder.Configuration["CleverTap:Passcode"] = "passcode";
        builder.Configuration["CleverTap:Region"] = "in1";
    }

    [Test]
    public void Outbox_example_sets_its_options()
    {
        const string path = "clevertap.db";

        builder
            .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
            .AddSqliteOutbox(path, options => (options.MaxDeadLetters, options.WhenFull) = (10_000, QueueFullMode.DropNewest));

        SqliteOutboxOptions options = BuildOptions<SqliteOutboxOptions>();
        Assert.That(
            (options.Database, options.MaxDeadLetters, options.WhenFull),
            Is.EqualTo(("clevertap.db", 10_000, QueueFullMode.DropNewest))
        );
    }

    [Test]
    public void Consumer_example_sets_its_options()
    {
        builder
            .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
            .AddKafkaConsumer(
                "rudder-events",
                options =>
                {
                    options.BootstrapServers = "kafka-1:9092,kafka-2:9092";
                    options.Client["security.protocol"] = "ssl";
                }
            );

        KafkaConsumerOptions options = BuildOptions<KafkaConsumerOptions>();
        Assert.That(options.ToString(), Is.EqualTo("Kafka topic rudder-events at kafka-1:9092,kafka-2:9092"));
        Assert.That(options.Client["security.protocol"], Is.EqualTo("ssl"));
    }

    private TOptions BuildOptions<TOptions>()
        where TOptions : class
    {
        using IHost host = builder.Build();
        return host.Services.GetRequiredService<IOptionsMonitor<TOptions>>().Get("");
    }
}
