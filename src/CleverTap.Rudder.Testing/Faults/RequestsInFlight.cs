using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Faults;

/// <summary>How many requests each API is busy with. Thread-safe.</summary>
internal sealed class RequestsInFlight
{
    private readonly object gate = new();
    private readonly Dictionary<string, int> byPath = new(StringComparer.Ordinal);
    private int maxSeen;

    /// <summary>The most there were at once at one API.</summary>
    public int Peak
    {
        get
        {
            lock (gate)
            {
                return maxSeen;
            }
        }
    }

    /// <summary>Counts a request in.</summary>
    /// <returns>How many there are now at its API.</returns>
    public int Enter(string path)
    {
        lock (gate)
        {
            int now = byPath[path] = byPath.GetValueOrDefault(path) + 1;
            maxSeen = Math.Max(maxSeen, now);
            return now;
        }
    }

    public void Leave(string path)
    {
        lock (gate)
        {
            // A path that nobody is at is forgotten: senders may think up any number of them.
            if (--byPath[path] == 0)
            {
                byPath.Remove(path);
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            maxSeen = byPath.Values.DefaultIfEmpty().Max();
        }
    }
}
