using System.Diagnostics;
using System.Globalization;
using CleverTap.Rudder.Benchmarks.Generation;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>
/// An hour's events by count: reads, transforms and delivers them to an emulator that keeps nothing, window by window, and says after
/// each tenth what an event allocated and what is held in memory. After the first tenth both should stay where they are.
/// </summary>
internal static class SoakCommand
{
    private const int Window = 3000;
    private const int DifferentEvents = 60_000;

    public static async Task<int> RunAsync(long count)
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync(new CleverTapEmulatorOptions { MaxStoredEvents = 0, MaxStoredProfiles = 0, MaxStoredRequests = 0, MaxStoredRefused = 0 });
        await using ServiceProvider services = new ServiceCollection().AddLogging()
            .AddCleverTapDestination(options => (options.AccountId, options.Passcode, options.Endpoint) = (emulator.AccountId, emulator.Passcode, emulator.Endpoint))
            .Services.BuildServiceProvider();
        var destination = services.GetRequiredService<ICleverTapDestination>();
        ReadOnlyMemory<byte>[] lines = [.. GeneratedLines.Of(DifferentEvents)];

        long tenth = Math.Max(Window, count / 10);
        long sent = 0;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        for (long reported = 0; sent < count;)
        {
            var window = new RudderEvent[(int)Math.Min(Window, count - sent)];
            for (int i = 0; i < window.Length; i++) window[i] = RudderEvent.Parse(lines[(int)((sent + i) % lines.Length)]);
            DeliveryReport report = await destination.SendAsync(window);
            if (report.Delivered.Count() != window.Length) throw new InvalidOperationException($"Every event should be delivered, not {report}");
            sent += window.Length;
            if (sent - reported < tenth && sent < count) continue;

            long now = GC.GetTotalAllocatedBytes(precise: true);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"name":"soak","events":{{sent}},"events_per_s":{{(sent - reported) / watch.Elapsed.TotalSeconds:F0}},"alloc_per_event":{{(now - allocated) / (double)(sent - reported):F0}},"heap_mb":{{GC.GetTotalMemory(forceFullCollection: true) / 1e6:F1}},"rss_mb":{{Environment.WorkingSet / 1e6:F0}}}"""));
            reported = sent;
            allocated = GC.GetTotalAllocatedBytes(precise: true);
            watch.Restart();
        }

        return 0;
    }
}
