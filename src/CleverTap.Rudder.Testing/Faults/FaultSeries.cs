using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Faults;

/// <summary>
/// The plans for one request after the other. Thread-safe. Each plan follows from the seed and the request's place alone, not
/// from a generator that all draw from: so a larger share keeps the faults of a smaller one, and neither the number of records
/// nor a race between two requests moves the faults of later ones.
/// </summary>
internal sealed class FaultSeries(CleverTapFaults faults)
{
    private long arrivals;

    public CleverTapFaults Faults => faults;

    public FaultPlan Next() => CreatePlan(Interlocked.Increment(ref arrivals));

    private FaultPlan CreatePlan(long arrival)
    {
        ulong request = Mixed(Mixed((ulong)faults.Seed), (ulong)arrival);
        return new FaultPlan(FaultAt(Share(request)))
        {
            FailsRecord = number => Share(Mixed(request, (ulong)number)) < faults.TransientRecord,
        };
    }

    private CleverTapFault FaultAt(double point)
    {
        foreach ((CleverTapFault fault, double share) in faults.Shares)
        {
            if (point < share)
            {
                return fault;
            }

            point -= share;
        }

        return CleverTapFault.None;
    }

    /// <summary>0 to 1, 1 excluded: as many bits as a double holds.</summary>
    private static double Share(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014), at any place of its series.</summary>
    private static ulong Mixed(ulong state, ulong place = 1)
    {
        ulong z = unchecked(state + (place * 0x9E3779B97F4A7C15));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
