namespace CleverTap.Rudder.Internal.Testing.Faults;

/// <summary>Counts the concurrent requests of each path. Thread-safe.</summary>
internal sealed class RequestsInFlight
{
    private readonly object gate = new();
    private readonly Dictionary<string, int> byPath = new(StringComparer.Ordinal);
    private int peak;

    /// <summary>The maximum number of concurrent requests at one path.</summary>
    public int Peak
    {
        get
        {
            lock (gate)
            {
                return peak;
            }
        }
    }

    /// <summary>Counts a request that begins.</summary>
    /// <returns>The number of requests in flight at its path.</returns>
    public int Enter(string path)
    {
        lock (gate)
        {
            int count = byPath[path] = byPath.GetValueOrDefault(path) + 1;
            peak = Math.Max(peak, count);
            return count;
        }
    }

    public void Leave(string path)
    {
        lock (gate)
        {
            // Unused paths are removed, because a sender may use any number of them.
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
            peak = byPath.Values.DefaultIfEmpty().Max();
        }
    }
}
