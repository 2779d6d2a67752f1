using System.Collections.Concurrent;
using System.Globalization;

namespace CleverTap.Rudder.Tests;

/// <summary>Events of 500 users in turn; two of them are poison events in the middle of the events of their users.</summary>
internal static class PoisonEvents
{
    public const int Count = 20_000;
    public const string Name = "culprit";

    /// <summary>The maximum duration of the delivery.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(60);

    public static TrackEvent Event(int index) =>
        new()
        {
            UserId = User(index),
            MessageId = $"m{index}",
            Event = NameOf(index),
        };

    public static string User(int index) => $"u{index % 500}";

    /// <summary>The index as text, or the name that the server fails on.</summary>
    public static string NameOf(int index) => index is 7_007 or 13_123 ? Name : index.ToString(CultureInfo.InvariantCulture);

    public static void AssertOthersAreStoredOnceInOrder(PoisonEventServer server, TimeSpan time)
    {
        TestContext.Out.WriteLine($"{server.Requests} requests, {time.TotalSeconds:N1} s");
        Assert.That(server.StoredCount, Is.EqualTo(Count - 2), "every other event is stored once");
        Assert.That(server.Requests, Is.LessThanOrEqualTo((Count / 1000) + (2 * 60)), "at most 60 additional requests per poison event");
        Assert.That(time, Is.LessThan(MaxTime));
        foreach ((string user, ConcurrentQueue<string> names) in server.Stored)
        {
            int[] order = [.. names.Select(name => int.Parse(name, CultureInfo.InvariantCulture))];
            Assert.That(order, Is.Ordered.And.Unique, user);
        }
    }
}
