using System.Globalization;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tool.Emulator;

/// <summary>Reads the faults of the emulator: <c>429=0.1</c>, <c>drop=0.05</c>.</summary>
internal static class FaultArguments
{
    private static readonly Dictionary<string, Func<CleverTapFaults, double, CleverTapFaults>> Setters = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["429"] = (faults, share) => faults with { TooManyRequests = share },
        ["500"] = (faults, share) => faults with { ServerError = share },
        ["503"] = (faults, share) => faults with { Unavailable = share },
        ["drop"] = (faults, share) => faults with { DroppedBefore = share },
        ["lost-response"] = (faults, share) => faults with { LostResponse = share },
        ["malformed"] = (faults, share) => faults with { MalformedResponse = share },
        ["555"] = (faults, share) => faults with { TransientRecord = share },
    };

    /// <summary>Gets the kinds, with commas between them.</summary>
    public static string Kinds => string.Join(", ", Setters.Keys);

    /// <exception cref="WrongUsageException">A kind is unknown, or a share is not one.</exception>
    /// <exception cref="ArgumentException">The latency is too long.</exception>
    public static CleverTapFaults Read(IEnumerable<string> faults, TimeSpan? latency, int seed) =>
        faults.Aggregate(new CleverTapFaults { Seed = seed, Latency = latency ?? TimeSpan.Zero }, Apply);

    private static CleverTapFaults Apply(CleverTapFaults faults, string argument)
    {
        string[] parts = argument.Split('=');
        if (parts.Length != 2 || !Setters.TryGetValue(parts[0].Trim(), out Func<CleverTapFaults, double, CleverTapFaults>? set))
        {
            throw new WrongUsageException($"--fault must be KIND=SHARE with a kind of {Kinds}, not {argument}");
        }

        return double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share <= 1
            ? set(faults, share)
            : throw new WrongUsageException($"The share of --fault must be 0 to 1, such as {parts[0]}=0.1");
    }
}
