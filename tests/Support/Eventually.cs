using System.Diagnostics;

namespace CleverTap.Rudder.Tests;

/// <summary>Waits for what another process or thread does.</summary>
internal static class Eventually
{
    /// <summary>Far more than a slow machine needs.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Fails the test if the condition does not become true.</summary>
    public static async Task Until(Func<bool> condition, string what, int everyMilliseconds = 20)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(Timeout), $"Not in time: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(everyMilliseconds));
        }
    }
}
