using System.Diagnostics;
using System.Globalization;

namespace Quickstart;

/// <summary>One line at the bottom of the terminal that tells how far a long run is. Short runs do not see it.</summary>
internal sealed class Progress(long? totalBytes, bool isShown) : IDisposable
{
    private const int BarWidth = 30;
    private const int LinesBetweenLooks = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly bool isShown = isShown && !Console.IsErrorRedirected;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan nextLook = TimeSpan.FromSeconds(1);
    private long nextLine;
    private int drawn;

    public void Report(long bytes, long lines)
    {
        if (!isShown || lines < nextLine)
        {
            return;
        }

        nextLine = lines + LinesBetweenLooks;
        if (clock.Elapsed < nextLook)
        {
            return;
        }

        nextLook = clock.Elapsed + Interval;
        Draw(bytes, lines);
    }

    /// <summary>Makes room for something else.</summary>
    public void Clear()
    {
        if (drawn > 0)
        {
            Console.Error.Write($"\r{new string(' ', drawn)}\r");
        }

        drawn = 0;
    }

    public void Dispose() => Clear();

    private void Draw(long bytes, long lines)
    {
        double megabytes = bytes / 1e6;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{lines:N0} lines, {megabytes:N0} MB, {megabytes / clock.Elapsed.TotalSeconds:N1} MB/s"
        );
        if (totalBytes is > 0 and { } total)
        {
            double share = Math.Min(1, (double)bytes / total);
            int filled = (int)(share * BarWidth);
            text = string.Create(
                CultureInfo.InvariantCulture,
                $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {share:P0}  {text}"
            );
        }

        Console.Error.Write($"\r{text.PadRight(drawn)}");
        drawn = text.Length;
    }
}
