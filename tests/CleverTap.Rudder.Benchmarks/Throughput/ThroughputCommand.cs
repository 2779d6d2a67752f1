using System.Diagnostics;
using CleverTap.Rudder.Benchmarks.Generation;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>Measures each way of processing the lines of a file and prints the median of its passes as a line of JSON.</summary>
/// <remarks>All ways run in one process and take turns within each pass, so a busy machine slows all of them equally.</remarks>
internal static class ThroughputCommand
{
    private const int Passes = 9;
    private static readonly TimeSpan MinPassTime = TimeSpan.FromMilliseconds(400);

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
            // Warm-up, until the JIT has optimized the code.
            var warm = Stopwatch.StartNew();
            while (warm.Elapsed < MinPassTime * 3)
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
                } while (watch.Elapsed < MinPassTime);
                rates[way].Add(events / watch.Elapsed.TotalSeconds);
                allocations[way].Add((GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)events);
            }
        }

        foreach (Way way in ways)
        {
            double rate = Median(rates[way]);
            new ResultLine(way.Name)
                .Add("events_per_s", rate)
                .Add("mb_per_s", rate * bytes / lines.Length / 1e6, decimals: 1)
                .Add("alloc_per_event", Median(allocations[way]))
                .Add("ratio_to_tokenize", rate / Median(rates[ways[0]]), decimals: 2)
                .Print();
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
