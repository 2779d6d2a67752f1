using System.Diagnostics;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>The speeds and allocations of the passes of one way.</summary>
internal sealed class WayResults
{
    /// <summary>Many short passes, so that some of them are undisturbed on a machine that others use too.</summary>
    private const int Passes = 45;

    private readonly Way way;
    private readonly List<double> rates = [];
    private readonly List<double> allocations = [];

    private WayResults(Way way) => this.way = way;

    public string Name => way.Name;

    /// <summary>Events per second.</summary>
    public double MedianRate => rates.Median();

    /// <summary>Events per second of the fastest pass, because disturbances can only make a pass slower.</summary>
    public double BestRate => rates.Max();

    public double MedianAllocation => allocations.Median();

    /// <summary>Runs each way until the JIT has optimized its code.</summary>
    public static void WarmUp(Way[] ways, ReadOnlyMemory<byte>[] lines, TimeSpan minTime)
    {
        foreach (Way way in ways)
        {
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < minTime)
            {
                way.Run(lines);
            }
        }
    }

    /// <summary>Measures all ways, which take turns within each pass, so a busy machine slows all of them equally.</summary>
    public static WayResults[] Measure(Way[] ways, ReadOnlyMemory<byte>[] lines, TimeSpan minPassTime)
    {
        WayResults[] results = [.. ways.Select(way => new WayResults(way))];
        for (int pass = 0; pass < Passes; pass++)
        {
            foreach (WayResults result in results)
            {
                result.AddPass(lines, minPassTime);
            }
        }

        return results;
    }

    private void AddPass(ReadOnlyMemory<byte>[] lines, TimeSpan minTime)
    {
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long events = 0;
        var watch = Stopwatch.StartNew();
        do
        {
            way.Run(lines);
            events += lines.Length;
        } while (watch.Elapsed < minTime);
        rates.Add(events / watch.Elapsed.TotalSeconds);
        allocations.Add((GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)events);
    }
}
