using CleverTap.Rudder.Testing;

namespace Playground.Deliver;

/// <summary>How many of a hundred requests fail, and how.</summary>
internal sealed record FaultShares(int TooManyRequests, int ServerError, int LostResponse)
{
    public const int MaxEach = 50;

    /// <summary>Something must get through, or delivery would only end with its deadline.</summary>
    public const int MaxTogether = 90;

    /// <summary>About as long as the way to a real service, so that there is something to see in flight.</summary>
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(40);

    public static FaultShares None { get; } = new(0, 0, 0);

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? GetError()
    {
        if (!new[] { TooManyRequests, ServerError, LostResponse }.All(share => share is >= 0 and <= MaxEach))
        {
            return $"Each share is 0 to {MaxEach} %";
        }

        return TooManyRequests + ServerError + LostResponse > MaxTogether ? $"All shares together are at most {MaxTogether} %" : null;
    }

    public CleverTapFaults ToFaults() =>
        CleverTapFaults.None with
        {
            TooManyRequests = TooManyRequests / 100.0,
            ServerError = ServerError / 100.0,
            LostResponse = LostResponse / 100.0,
            Latency = Latency,
        };

    public static FaultShares From(CleverTapFaults faults) =>
        new(Percent(faults.TooManyRequests), Percent(faults.ServerError), Percent(faults.LostResponse));

    private static int Percent(double share) => (int)Math.Round(share * 100);
}
