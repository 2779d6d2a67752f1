using System.Collections.Concurrent;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The examples in the documentation comments of the types that a host implements or injects, compiled and run.</summary>
public sealed class HostTypeSnippets
{
    [Test]
    public async Task Filter_edit_handle_and_correct_events()
    {
        string folder = Directory.CreateTempSubdirectory("comments-").FullName;
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IRobotList, Robots>().AddSingleton<LedgerContext>();
        builder.Services
            .AddCleverTapDestination(options =>
                (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint))
            .FilterEvents<NoRobots>()
            .EditEvents<LowerCaseIds>()
            .AddSqliteOutbox(Path.Combine(folder, "clevertap.db"))
            .AddOutcomeHandler<Ledger>();

        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
            await queue.EnqueueAsync(
            [
                new TrackEvent { MessageId = "m-1", UserId = "robot", Event = "Crawled" },
                new TrackEvent { MessageId = "m-2", UserId = "User-1" },
            ]);
            await queue.FlushAsync();
            await CorrectAsync(host.Services.GetRequiredService<IDeadLetters>());
            await queue.FlushAsync();
            await host.StopAsync();

            Assert.That(cleverTap.Events.Select(stored => $"{stored.Identity} {stored.Name}"), Is.EqualTo(new[] { "user-1 Checked Out" }));
            Assert.That(
                host.Services.GetRequiredService<LedgerContext>().Saved,
                Is.EquivalentTo(new[]
                {
                    new LedgerRow("m-1", OutcomeKind.Filtered),
                    new LedgerRow("m-2", OutcomeKind.Invalid),
                    new LedgerRow("m-2", OutcomeKind.Delivered),
                }));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task CorrectAsync(IDeadLetters deadLetters)
    {
        foreach (DeadLetter letter in await deadLetters.ListAsync())
        {
            if (RudderEvent.TryRead(letter.Json, out RudderEvent? rudderEvent, out _) && rudderEvent is TrackEvent { Event: null } track)
            {
                string? id = await deadLetters.EditAsync(letter.Id, track with { Event = "Checked Out" });
                await deadLetters.ReplayAsync([id!]);
            }
        }
    }

    internal interface IRobotList
    {
        bool Contains(string? userId);
    }

    internal sealed record LedgerRow(string? MessageId, OutcomeKind Kind);

    internal sealed class LowerCaseIds : IEventEditor
    {
        public RudderEvent Edit(RudderEvent rudderEvent) => rudderEvent with { UserId = rudderEvent.UserId?.ToLowerInvariant() };
    }

    internal sealed class NoRobots(IRobotList robots) : IEventFilter
    {
        public bool ShouldSend(RudderEvent rudderEvent) => !robots.Contains(rudderEvent.UserId);
    }

    internal sealed class Ledger(LedgerContext database) : IOutcomeHandler
    {
        public async ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
        {
            database.Add(new LedgerRow(rudderEvent.MessageId, outcome.Kind));
            await database.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Stands for a DbContext.</summary>
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

    private sealed class Robots : IRobotList
    {
        public bool Contains(string? userId) => userId == "robot";
    }
}
