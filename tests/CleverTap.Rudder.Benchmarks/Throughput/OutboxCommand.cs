using System.Diagnostics;
using CleverTap.Rudder.Benchmarks.Generation;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>Compares the outbox with bare inserts of the same bytes into the same kind of SQLite table.</summary>
/// <remarks>
/// Journal mode and synchronization are the same. A single producer that waits for each event needs one disk write per event; many
/// producers share disk writes (group commit). The ways take turns within each pass, each time in a new file. The command prints the
/// median of each way as a line of JSON.
/// </remarks>
internal static class OutboxCommand
{
    private const int Events = 20_000;
    private const int Passes = 5;

    public static async Task<int> RunAsync(string folder)
    {
        RudderEvent[] events = [.. GeneratedLines.Create(Events).Select(RudderEvent.Parse)];
        byte[][] bytes = [.. events.Select(e => EventWriter.ToUtf8(e.Parsed))];
        (string Name, int Share, Func<string, int, Task> Run)[] ways =
        [
            ("sqlite-commit-each", 20, (file, count) => Task.Run(() => Insert(file, bytes.AsSpan(0, count), inOneTransaction: false))),
            ("sqlite-one-commit", 1, (file, count) => Task.Run(() => Insert(file, bytes.AsSpan(0, count), inOneTransaction: true))),
            ("outbox-1-producer", 20, (file, count) => EnqueueAsync(file, events, count, producers: 1)),
            ("outbox-64-producers", 1, (file, count) => EnqueueAsync(file, events, count, producers: 64)),
            ("outbox-1000-at-once", 1, (file, count) => EnqueueAsync(file, events, count, producers: 1000)),
        ];
        var rates = ways.ToDictionary(way => way.Name, _ => new List<double>());
        for (int pass = -1; pass < Passes; pass++)
        {
            foreach ((string name, int share, Func<string, int, Task> run) in ways)
            {
                string file = Path.Combine(folder, $"{name}.{pass}.db");
                var watch = Stopwatch.StartNew();
                await run(file, Events / share);
                if (pass >= 0)
                {
                    rates[name].Add(Events / share / watch.Elapsed.TotalSeconds);
                }

                foreach (string left in Directory.GetFiles(folder, $"{Path.GetFileName(file)}*"))
                {
                    File.Delete(left);
                }
            }
        }

        foreach ((string name, List<double> rate) in rates)
        {
            double median = rate.Median();
            new ResultLine(name)
                .Add("events_per_s", median)
                .Add("ratio_to_commit_each", median / rates["sqlite-commit-each"].Median(), decimals: 2)
                .Add("ratio_to_one_commit", median / rates["sqlite-one-commit"].Median(), decimals: 2)
                .Print();
        }

        return 0;
    }

    private static void Insert(string file, ReadOnlySpan<byte[]> rows, bool inOneTransaction)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        connection.Execute("PRAGMA locking_mode = EXCLUSIVE");
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute("PRAGMA synchronous = FULL");
        connection.Execute("CREATE TABLE event (id INTEGER PRIMARY KEY AUTOINCREMENT, json BLOB NOT NULL) STRICT");
        using SqliteCommand insert = connection.CreateStatement("INSERT INTO event (json) VALUES ($json)", "$json");
        if (inOneTransaction)
        {
            connection.Execute("BEGIN IMMEDIATE");
        }

        foreach (byte[] row in rows)
        {
            insert.Bind(row).ExecuteNonQuery();
        }

        if (inOneTransaction)
        {
            connection.Execute("COMMIT");
        }
    }

    /// <summary>Enqueues events. The host is not started, so nothing is delivered at the same time.</summary>
    private static async Task EnqueueAsync(string file, RudderEvent[] events, int count, int producers)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddCleverTapDestination(options => (options.AccountId, options.Passcode) = ("account", "passcode"))
            .AddSqliteOutbox(file)
            .Services.BuildServiceProvider();
        var queue = services.GetRequiredService<ICleverTapQueue>();
        int next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, producers)
                .Select(async _ =>
                {
                    for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                    {
                        await queue.EnqueueAsync(events[i]);
                    }
                })
        );
    }
}
