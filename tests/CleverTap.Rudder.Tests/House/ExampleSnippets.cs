using System.Collections.Concurrent;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.House.Examples;

/// <summary>The examples in the documentation of hooks, handlers and dead letters, word for word, compiled and run.</summary>
public sealed class ExampleSnippets
{
    private string folder = null!;
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task Start()
    {
        folder = Directory.CreateTempSubdirectory("examples-").FullName;
        cleverTap = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await cleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Filters_editors_and_handlers_come_from_the_services()
    {
        LedgerContext ledger = new();
        using IHost host = Build(
            services => services.AddSingleton<IRobotList>(new RobotList("robot")).AddSingleton(ledger),
            destination => destination.FilterEvents<NoRobots>().EditEvents<LowerCaseIds>().AddOutcomeHandler<Ledger>()
        );
        await host.StartAsync();

        await host
            .Services.GetRequiredService<ICleverTapQueue>()
            .EnqueueAsync([
                new TrackEvent
                {
                    MessageId = "1",
                    UserId = "robot",
                    Event = "Ping",
                },
                new TrackEvent
                {
                    MessageId = "2",
                    UserId = "U2",
                    Event = "Added",
                },
            ]);
        await host.StopAsync();

        Assert.That(cleverTap.Events.Select(stored => stored.Identity), Is.EqualTo(new[] { "u2" }));
        Assert.That(
            ledger.Saved,
            Is.EquivalentTo(new[] { new LedgerRow("1", OutcomeKind.Filtered), new LedgerRow("2", OutcomeKind.Delivered) })
        );
    }

    [Test]
    public async Task A_dead_letter_is_edited_and_replayed()
    {
        using IHost host = Build(_ => { }, _ => { });
        await host.StartAsync();
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(new TrackEvent { UserId = "user-1" });
        await queue.FlushAsync();
        IDeadLetters deadLetters = host.Services.GetRequiredService<IDeadLetters>();

        foreach (DeadLetter letter in await deadLetters.ListAsync())
        {
            if (RudderEvent.TryRead(letter.Json, out RudderEvent? read, out _) && read is TrackEvent { Event: null } track)
            {
                string? id = await deadLetters.EditAsync(letter.Id, track with { Event = "Checked Out" });
                await deadLetters.ReplayAsync([id!]);
            }
        }

        await host.StopAsync();
        Assert.That(cleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "Checked Out" }));
    }

    private IHost Build(Action<IServiceCollection> services, Action<ICleverTapDestinationBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        services(builder.Services);
        configure(
            builder
                .Services.AddCleverTapDestination(options =>
                    (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint)
                )
                .AddSqliteOutbox(Path.Combine(folder, "clevertap.db"))
        );
        return builder.Build();
    }
}

internal sealed class LowerCaseIds : IEventEditor
{
    public RudderEvent Edit(RudderEvent rudderEvent) => rudderEvent with { UserId = rudderEvent.UserId?.ToLowerInvariant() };
}

internal interface IRobotList
{
    bool Contains(string? userId);
}

internal sealed class RobotList(params string[] robots) : IRobotList
{
    public bool Contains(string? userId) => robots.Contains(userId);
}

internal sealed class NoRobots(IRobotList robots) : IEventFilter
{
    public bool ShouldSend(RudderEvent rudderEvent) => !robots.Contains(rudderEvent.UserId);
}

internal sealed record LedgerRow(string? MessageId, OutcomeKind Kind);

/// <summary>Stands for a host's database.</summary>
internal sealed class LedgerContext
{
    private readonly ConcurrentQueue<LedgerRow> added = [];

    public ConcurrentQueue<LedgerRow> Saved { get; } = [];

    public void Add(LedgerRow row) => added.Enqueue(row);

    public Task SaveChangesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (added.TryDequeue(out LedgerRow? row))
        {
            Saved.Enqueue(row);
        }

        return Task.CompletedTask;
    }
}

internal sealed class Ledger(LedgerContext database) : IOutcomeHandler
{
    public async ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
    {
        database.Add(new LedgerRow(rudderEvent.MessageId, outcome.Kind));
        await database.SaveChangesAsync(cancellationToken);
    }
}
