using System.Buffers;
using System.Diagnostics;

namespace CleverTap.Rudder.Benchmarks.Growth;

/// <summary>Measures the cost per byte of growing events and prints a line of JSON for each size.</summary>
/// <remarks><c>grows</c> is true if a byte costs more than 1.1 times as much as in the next smaller event.</remarks>
internal static class GrowthCommand
{
    private const double MaxGrowth = 1.1;
    private const int Passes = 5;
    private const int WarmUpRounds = 6;
    private static readonly TimeSpan MinPassTime = TimeSpan.FromMilliseconds(20);
    private static readonly CleverTapTransformer Transformer = new(MappingOptions.Default with { MaxEventBytes = int.MaxValue });

    public static int Run()
    {
        // Warm-up, until the JIT has optimized the code.
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
                new ResultLine(shape.Name)
                    .Add("size", size)
                    .Add("bytes", text.Length)
                    .Add("ns_per_event", cost * text.Length)
                    .Add("ns_per_byte", cost, decimals: 3)
                    .Add("grows", cost > MaxGrowth * smaller)
                    .Print();
                smaller = cost;
            }
        }

        return 0;
    }

    /// <summary>The time of the fastest of several passes, because disturbances can only make a pass slower.</summary>
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
            } while (watch.Elapsed < MinPassTime);

            // The first pass is a warm-up for the JIT.
            if (pass > 0)
            {
                best = Math.Min(best, watch.Elapsed.TotalNanoseconds / events);
            }
        }

        return best;
    }
}
