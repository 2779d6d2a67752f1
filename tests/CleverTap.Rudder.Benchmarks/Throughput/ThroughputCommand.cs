using CleverTap.Rudder.Benchmarks.Generation;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>Measures each way of processing the lines of a file and prints the median and the best pass as a line of JSON.</summary>
/// <remarks>
/// The speed of <c>tokenize</c> differs between processes, and with it every ratio. Other processes can only make a pass slower, so the
/// best pass is closest to the cost of the code.
/// </remarks>
internal static class ThroughputCommand
{
    private static readonly TimeSpan MinPassTime = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);

    public static int Run(string file, string[] names)
    {
        ReadOnlyMemory<byte>[] lines = [.. GeneratedLines.Split(File.ReadAllBytes(file))];
        if (lines.Length == 0)
        {
            Console.Error.WriteLine($"{file} has no lines");
            return 2;
        }

        double bytes = lines.Average(line => (double)line.Length);
        Way[] ways = [.. Ways.All.Where(way => names.Length == 0 || names.Contains(way.Name))];
        WayResults.WarmUp(ways, lines, WarmUpTime);
        WayResults[] results = WayResults.Measure(ways, lines, MinPassTime);
        foreach (WayResults result in results)
        {
            new ResultLine(result.Name)
                .Add("events_per_s", result.MedianRate)
                .Add("best_events_per_s", result.BestRate)
                .Add("mb_per_s", result.MedianRate * bytes / 1e6, decimals: 1)
                .Add("alloc_per_event", result.MedianAllocation)
                .Add("ratio_to_tokenize", result.MedianRate / results[0].MedianRate, decimals: 2)
                .Add("best_ratio_to_tokenize", result.BestRate / results[0].BestRate, decimals: 2)
                .Print();
        }

        return 0;
    }
}
