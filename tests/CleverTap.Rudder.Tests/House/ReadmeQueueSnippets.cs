using System.Collections.Concurrent;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The README's code for queues, word for word, compiled and run.</summary>
public sealed class ReadmeQueueSnippets
{
    [Test]
    public async Task Deliver_in_the_background()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["CleverTap:AccountId"] = cleverTap.AccountId;
        builder.Configuration["CleverTap:Passcode"] = cleverTap.Passcode;
        builder.Configuration["CleverTap:Endpoint"] = cleverTap.Endpoint.AbsoluteUri;
        var store = new Store();

        builder
            .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
            .AddBackgroundDelivery(deadLetter: (rudderEvent, outcome) => store.KeepAsync(rudderEvent.ToJson(), outcome.ToString()));
        builder.Services.AddHealthChecks().AddCleverTapDestination();

        await using WebApplication app = builder.Build();
        app.MapPost(
            "/rudder",
            (RudderEvent e, ICleverTapQueue queue, CancellationToken cancellationToken) => queue.EnqueueAsync(e, cancellationToken)
        );

        await app.StartAsync();
        using var http = new HttpClient();
        foreach (
            string json in new[]
            {
                """{"type":"track","userId":"user-1","event":"Checked Out"}""",
                """{"type":"track","userId":"user-1","event":"Stayed"}""",
            }
        )
        {
            using HttpResponseMessage response = await http.PostAsync(
                new Uri(app.Urls.Single() + "/rudder"),
                new StringContent(json, System.Text.Encoding.UTF8, "application/json")
            );
            Assert.That(response.IsSuccessStatusCode, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        await app.StopAsync();
        Assert.That(cleverTap.Events.Single().Name, Is.EqualTo("Checked Out"));
        Assert.That(store.Kept.Single(), Does.Contain("Rejected 513"));
    }

    [Test]
    public async Task Deliver_from_an_outbox_on_disk()
    {
        string folder = Directory.CreateTempSubdirectory("readme-").FullName;
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = folder }
        );
        builder.Configuration["CleverTap:AccountId"] = cleverTap.AccountId;
        builder.Configuration["CleverTap:Passcode"] = cleverTap.Passcode;
        builder.Configuration["CleverTap:Endpoint"] = cleverTap.Endpoint.AbsoluteUri;
        var ledger = new Ledger();

        builder
            .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
            .AddSqliteOutbox("clevertap.db")
            .AddOutcomeHandler((rudderEvent, outcome) => ledger.NoteAsync(rudderEvent.MessageId, outcome.Kind));

        builder.Services.Configure<SqliteOutboxOptions>(options => options.Database = Path.Combine(folder, options.Database));
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            await host
                .Services.GetRequiredService<ICleverTapQueue>()
                .EnqueueAsync(
                    new TrackEvent
                    {
                        MessageId = "m-1",
                        UserId = "user-1",
                        Event = "Stayed",
                    }
                );
            await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();
            IDeadLetters deadLetters = host.Services.GetRequiredService<IDeadLetters>();

            foreach (DeadLetter letter in await deadLetters.ListAsync())
            {
                Console.WriteLine($"{letter.Id} {letter.MessageId}: {letter.Kind} {letter.Code} {letter.Reason}");
                if (letter is { Code: 513 } && RudderEvent.Parse(letter.Json) is TrackEvent track)
                {
                    string? id = await deadLetters.EditAsync(letter.Id, track with { Event = $"Shop {track.Event}" });
                    await deadLetters.ReplayAsync([id!]);
                }
            }

            await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();
            Assert.That(ledger.Lines, Is.EqualTo(new[] { "m-1 Rejected", "m-1 Delivered" }));
            Assert.That(cleverTap.Events.Single().Name, Is.EqualTo("Shop Stayed"));

            ICleverTapDestination destination = host.Services.GetRequiredService<ICleverTapDestination>();
            ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
            RudderEvent[] events = [new TrackEvent { UserId = "user-1", Event = "Returned" }];
            CancellationToken cancellationToken = CancellationToken.None;

            int taken = await queue.EnqueueAsync(events, cancellationToken);

            CleverTapResponse response = await destination.DeleteUsersAsync(["user-1"], cancellationToken);

            Assert.That((taken, response.Status), Is.EqualTo((1, ResponseStatus.Success)));
            await host.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Deliver_from_a_topic()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Kafka:BootstrapServers"] = "kafka-1:9092,kafka-2:9092";
        builder.Configuration["Kafka:Client:security.protocol"] = "ssl";

        builder
            .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
            .AddKafkaConsumer("rudder-events", builder.Configuration.GetSection("Kafka"));

        using IHost host = builder.Build();
        KafkaConsumerOptions options = host
            .Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<KafkaConsumerOptions>>()
            .Get("");
        Assert.That(
            (options.GroupId, options.DeadLetterTopic, options.Client["security.protocol"]),
            Is.EqualTo(("clevertap", "rudder-events.dead-letters", "ssl"))
        );
    }

    /// <summary>Stands for where a host keeps what was not delivered.</summary>
    private sealed class Store
    {
        public List<string> Kept { get; } = [];

        public Task KeepAsync(string json, string why)
        {
            Kept.Add($"{json} {why}");
            return Task.CompletedTask;
        }
    }

    /// <summary>Stands for where a host notes what became of its events.</summary>
    private sealed class Ledger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public Task NoteAsync(string? messageId, OutcomeKind kind)
        {
            Lines.Enqueue($"{messageId} {kind}");
            return Task.CompletedTask;
        }
    }
}
