using CleverTap.Rudder.Benchmarks.Generation;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>Measures reading and transforming for each kind of event in a file and prints a line of JSON for each kind.</summary>
/// <remarks>
/// A kind that the file lacks is measured with generated events and has a share of 0. All kinds run the same code, which the JIT has
/// optimized for the mixture. The figures are those of the fastest pass.
/// </remarks>
internal static class KindsCommand
{
    private static readonly string[] Names = ["tokenize", "transform", "transform-records"];
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MinPassTime = TimeSpan.FromMilliseconds(20);

    public static int Run(string file)
    {
        ReadOnlyMemory<byte>[] lines = [.. GeneratedLines.Split(File.ReadAllBytes(file))];
        ILookup<string?, ReadOnlyMemory<byte>> fromFile = lines.ToLookup(EventKinds.Find);
        ILookup<string?, ReadOnlyMemory<byte>> generated = EventKinds.Generate().ToLookup(EventKinds.Find);
        var events = EventKinds.All.ToDictionary(
            kind => kind,
            kind => (fromFile.Contains(kind) ? fromFile[kind] : generated[kind]).ToArray()
        );

        Way[] ways = [.. Ways.All.Where(way => Names.Contains(way.Name))];
        WayResults.WarmUp(ways, [.. events.Values.SelectMany(ofKind => ofKind)], WarmUpTime);
        foreach ((string kind, ReadOnlyMemory<byte>[] ofKind) in events)
        {
            Print(
                new ResultLine(kind)
                    .Add("share", fromFile[kind].Count() / Math.Max(1.0, lines.Length), decimals: 3)
                    .Add("bytes_per_event", ofKind.Average(line => line.Length)),
                WayResults.Measure(ways, ofKind, MinPassTime)
            );
        }

        return 0;
    }

    private static void Print(ResultLine row, WayResults[] results)
    {
        foreach (WayResults result in results)
        {
            string name = result.Name.Replace('-', '_');
            row.Add($"{name}_ns", 1e9 / result.BestRate);
            if (result != results[0])
            {
                row.Add($"{name}_ratio_to_tokenize", result.BestRate / results[0].BestRate, decimals: 2);
            }
        }

        row.Print();
    }
}
