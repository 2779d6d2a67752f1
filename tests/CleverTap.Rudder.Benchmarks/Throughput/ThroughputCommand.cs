using System.Diagnostics;
using System.Globalization;
using CleverTap.Rudder.Benchmarks.Generation;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>
/// What each way costs over the lines of a file, all in one process: several passes, the ways taking turns within each, so that a
/// busy machine slows all alike. Prints a line of JSON for each with the median of its passes.
/// </summary>
internal static class ThroughputCommand
{
    private const int Passes = 9;
    private static readonly TimeSpan LeastPass = TimeSpan.FromMilliseconds(400);

    public static int Run(string file, string[] names)
    {
        ReadOnlyMemory<byte>[] lines = [.. GeneratedLines.Split(File.ReadAllBytes(file))];
        if (lines.Length == 0)
        {
            return Fail($"{file} has no lines");
        }

        double bytes = lines.Sum(line => (double)line.Length);

        Way[] ways = [.. Ways.All.Where(way => names.Length == 0 || names.Contains(way.Name))];
        var rates = ways.ToDictionary(way => way, _ => new List<double>());
        var allocations = ways.ToDictionary(way => way, _ => new List<double>());
        foreach (Way way in ways)
        {
            // Until the JIT has done its best.
            var warm = Stopwatch.StartNew();
            while (warm.Elapsed < LeastPass * 3)
            {
                way.Run(lines);
            }
        }

        for (int pass = 0; pass < Passes; pass++)
        {
            foreach (Way way in ways)
            {
                long allocated = GC.GetTotalAllocatedBytes(precise: true);
                long events = 0;
                var watch = Stopwatch.StartNew();
                do
                {
                    way.Run(lines);
                    events += lines.Length;
                } while (watch.Elapsed < LeastPass);
                rates[way].Add(events / watch.Elapsed.TotalSeconds);
                allocations[way].Add((GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)events);
            }
        }

        foreach (Way way in ways)
        {
            double rate = Median(rates[way]);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"name":"{{way.Name}}","events_per_s":{{rate:F0}},"mb_per_s":{{rate * bytes / lines.Length / 1e6:F1}},"alloc_per_event":{{Median(allocations[way]):F0}},"ratio_to_tokenize":{{rate / Median(rates[ways[0]]):F2}}}"""
                )
            );
        }

        return 0;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }
}
