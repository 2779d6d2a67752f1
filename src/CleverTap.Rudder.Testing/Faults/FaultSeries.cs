using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Faults;

/// <summary>Creates the fault plans of consecutive requests. Thread-safe.</summary>
/// <remarks>
/// Each plan depends only on the seed and the number of the request, not on a shared random generator. So a larger share keeps the faults
/// of a smaller one, and neither the number of records nor a race between two requests changes the faults of later requests.
/// </remarks>
internal sealed class FaultSeries(CleverTapFaults faults)
{
    private long requestCount;

    public CleverTapFaults Faults => faults;

    public FaultPlan Next() => CreatePlan(Interlocked.Increment(ref requestCount));

    private FaultPlan CreatePlan(long number)
    {
        ulong request = Mix(Mix((ulong)faults.Seed), (ulong)number);
        return new FaultPlan(FaultAt(ToUnitInterval(request)))
        {
            FailsRecord = recordNumber => ToUnitInterval(Mix(request, (ulong)recordNumber)) < faults.TransientRecord,
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

    /// <summary>Returns a number from 0 to 1, 1 excluded, from the 53 highest bits.</summary>
    private static double ToUnitInterval(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns the value of SplitMix64 (Steele, Lea, Flood 2014) at an index of its series.</summary>
    private static ulong Mix(ulong state, ulong index = 1)
    {
        ulong z = unchecked(state + (index * 0x9E3779B97F4A7C15));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
