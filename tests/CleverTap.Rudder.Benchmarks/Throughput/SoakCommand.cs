using System.Diagnostics;
using CleverTap.Rudder.Benchmarks.Generation;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>Reads a stream of events from a file, transforms them and delivers them to an emulator that stores nothing.</summary>
/// <remarks>
/// After each tenth of the events, the command prints the allocation per event and the memory in use. Both should be constant after the
/// first tenth.
/// </remarks>
internal static class SoakCommand
{
    private const int DifferentEvents = 60_000;
    private const int BufferBytes = 64 * 1024;

    /// <summary>The limit of the heap, which does not depend on the memory of the machine.</summary>
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
        new ResultLine("soak")
            .Add("events", sent)
            .Add("events_per_s", events / elapsed.TotalSeconds)
            .Add("alloc_per_event", allocated)
            .Add("heap_mb", heap, decimals: 1)
            .Add("rss_mb", process.WorkingSet64 / 1e6)
            .Add("peak_mb", process.PeakWorkingSet64 / 1e6)
            .Print();
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
