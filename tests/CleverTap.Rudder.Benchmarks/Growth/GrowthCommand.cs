using System.Buffers;
using System.Diagnostics;
using System.Globalization;

namespace CleverTap.Rudder.Benchmarks.Growth;

/// <summary>
/// What a byte of an event costs as events grow. Prints a line of JSON for each size; <c>grows</c> is true where a byte costs
/// more than 1.1 times what it does in the next smaller event.
/// </summary>
internal static class GrowthCommand
{
    private const double MostGrowth = 1.1;
    private const int Passes = 5;
    private const int WarmUpRounds = 6;
    private static readonly TimeSpan LeastPass = TimeSpan.FromMilliseconds(20);
    private static readonly CleverTapTransformer Transformer = new(MappingOptions.Default with { MaxEventBytes = int.MaxValue });

    public static int Run()
    {
        // Until the JIT has done its best.
        for (int round = 0; round < WarmUpRounds; round++)
        {
            foreach (Shape shape in Shape.All)
            {
                NanosecondsOf(shape.Event(shape.Sizes[0]));
            }
        }

        foreach (Shape shape in Shape.All)
        {
            double smaller = double.PositiveInfinity;
            foreach (int size in shape.Sizes)
            {
                ReadOnlyMemory<byte> text = shape.Event(size);
                double cost = NanosecondsOf(text) / text.Length;
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"name":"{{shape.Name}}","size":{{size}},"bytes":{{text.Length}},"ns_per_event":{{cost * text.Length:F0}},"ns_per_byte":{{cost:F3}},"grows":{{(cost > MostGrowth * smaller ? "true" : "false")}}}"""
                    )
                );
                smaller = cost;
            }
        }

        return 0;
    }

    /// <summary>The best of several passes: what disturbs a pass only ever adds to it.</summary>
    private static double NanosecondsOf(ReadOnlyMemory<byte> text)
    {
        double best = double.PositiveInfinity;
        var upload = new ArrayBufferWriter<byte>(4 * 1024 * 1024);
        for (int pass = 0; pass <= Passes; pass++)
        {
            int events = 0;
            var watch = Stopwatch.StartNew();
            do
            {
                upload.ResetWrittenCount();
                Transformer.Transform(text, upload);
                events++;
            } while (watch.Elapsed < LeastPass);

            // The first one is for the JIT.
            if (pass > 0)
            {
                best = Math.Min(best, watch.Elapsed.TotalNanoseconds / events);
            }
        }

        return best;
    }
}
