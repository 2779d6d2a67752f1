using System.Diagnostics;

namespace CleverTap.Rudder.Tests;

/// <summary>Polls for the work of other processes and threads that report no events.</summary>
internal static class Polling
{
    /// <summary>More than a slow machine needs.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Waits until a condition is true. Fails the test after two minutes.</summary>
    public static async Task WaitUntilAsync(Func<bool> condition, string description, int intervalMilliseconds = 20)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(Timeout), $"Not in time: {description}");
            await Task.Delay(TimeSpan.FromMilliseconds(intervalMilliseconds));
        }
    }
}
