using System.Diagnostics;
using System.Globalization;
using CleverTap.Rudder.Benchmarks.Generation;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>
/// An hour's events by count: reads them from a file, transforms and delivers them to an emulator that keeps nothing, as one stream, and
/// says after each tenth what an event allocated and what is held in memory. After the first tenth both should stay where they are.
/// </summary>
internal static class SoakCommand
{
    private const int DifferentEvents = 60_000;
    private const int BufferBytes = 64 * 1024;

    /// <summary>The heap may not be larger, however much memory the machine has.</summary>
    private const long MaxHeapBytes = 56 * 1024 * 1024;

    public static async Task<int> RunAsync(long count)
    {
        AppContext.SetData("GCHeapHardLimit", (ulong)MaxHeapBytes);
        GC.RefreshMemoryLimit();
        string file = Path.GetTempFileName();
        try
        {
            await using (FileStream output = File.Create(file))
            {
                new EventGenerator(seed: 1).WriteLines(output, DifferentEvents);
            }

            await DeliverAsync(file, count);
            return 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task DeliverAsync(string file, long count)
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions
            {
                MaxStoredEvents = 0,
                MaxStoredProfiles = 0,
                MaxStoredRequests = 0,
                MaxStoredRejected = 0,
            }
        );
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint) = (emulator.AccountId, emulator.Passcode, emulator.Endpoint);
                options.Deadline = TimeSpan.FromDays(1);
            })
            .Services.BuildServiceProvider();
        var destination = services.GetRequiredService<ICleverTapDestination>();

        long tenth = Math.Max(1, count / 10);
        long sent = 0;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await foreach (EventOutcome outcome in destination.SendAsync(ReadAsync(file, count)))
        {
            if (outcome.Kind != OutcomeKind.Delivered)
            {
                throw new InvalidOperationException($"Every event should be delivered, not {outcome.Kind}");
            }

            if (++sent % tenth == 0)
            {
                Print(sent, tenth, watch.Elapsed, allocated);
                allocated = GC.GetTotalAllocatedBytes(precise: true);
                watch.Restart();
            }
        }
    }

    private static void Print(long sent, long events, TimeSpan elapsed, long allocatedBefore)
    {
        using var process = Process.GetCurrentProcess();
        double allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore) / (double)events;
        double heap = GC.GetTotalMemory(forceFullCollection: false) / 1e6;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"name":"soak","events":{{sent}},"events_per_s":{{events / elapsed.TotalSeconds:F0}},"alloc_per_event":{{allocated:F0}},"heap_mb":{{heap:F1}},"rss_mb":{{process.WorkingSet64 / 1e6:F0}},"peak_mb":{{process.PeakWorkingSet64 / 1e6:F0}}}"""
            )
        );
    }

    private static async IAsyncEnumerable<RudderEvent> ReadAsync(string file, long count)
    {
        byte[] buffer = new byte[BufferBytes];
        while (count > 0)
        {
            await using FileStream input = File.OpenRead(file);
            int length = 0;
            int read;
            while (count > 0 && (read = await input.ReadAsync(buffer.AsMemory(length))) > 0)
            {
                length += read;
                int complete = buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
                foreach (
                    ReadOnlyMemory<byte> line in GeneratedLines.Split(buffer.AsMemory(0, complete)).Take((int)Math.Min(int.MaxValue, count))
                )
                {
                    yield return RudderEvent.Parse(line);
                    count--;
                }

                buffer.AsSpan(complete..length).CopyTo(buffer);
                length -= complete;
            }
        }
    }
}
