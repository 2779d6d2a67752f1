using System.Text;
using Confluent.Kafka;

namespace KafkaWorker;

/// <summary>Writes messages as RudderStack's Kafka destination does, with the event's JSON as value and the user's id as key.</summary>
internal static class DemoEvents
{
    public const int Users = 500;

    /// <summary>Writes events that are numbered from 0, for each user in turn.</summary>
    public static void Write(string bootstrap, string topic, int count) =>
        Write(
            bootstrap,
            topic,
            Enumerable
                .Range(0, count)
                .Select(number => ((string?)$"user-{number % Users}", (string?)Track($"user-{number % Users}", "Product Viewed", number)))
        );

    /// <summary>Writes messages.</summary>
    public static void Write(string bootstrap, string topic, IEnumerable<(string? Key, string? Value)> messages)
    {
        using IProducer<byte[]?, byte[]?> producer = new ProducerBuilder<byte[]?, byte[]?>(
            new Dictionary<string, string>
            {
                ["bootstrap.servers"] = bootstrap,
                ["acks"] = "all",
                ["enable.idempotence"] = "true",
                ["partitioner"] = "fnv1a_random",
            }
        ).SetLogHandler((_, _) => { }).Build();
        Error? failed = null;
        foreach ((string? key, string? value) in messages)
        {
            var message = new Message<byte[]?, byte[]?> { Key = Bytes(key), Value = Bytes(value) };
            producer.Produce(topic, message, report => failed = report.Error.IsError ? report.Error : failed);
        }

        producer.Flush(TimeSpan.FromMinutes(1));
        if (failed is not null)
        {
            throw new KafkaException(failed);
        }
    }

    public static string Track(string user, string name, int number) =>
        $$"""{"type":"track","messageId":"m-{{number}}","userId":"{{user}}","event":"{{name}}","""
        + $$"""
            "properties":{"number":{{number}},"price":12.5},"originalTimestamp":"2026-01-01T00:00:00.000Z"}
            """;

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
