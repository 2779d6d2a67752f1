using CleverTap.Rudder.Testing;

namespace Playground.Deliver;

/// <summary>The percentages of requests that fail, by kind of fault.</summary>
internal sealed record FaultShares(int TooManyRequests, int ServerError, int LostResponse)
{
    public const int MaxEach = 50;

    /// <summary>The maximum sum: without successful requests, a delivery would only end at its deadline.</summary>
    public const int MaxTogether = 90;

    /// <summary>About the latency of a real service, so that the charts show uploads in flight.</summary>
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(40);

    public static FaultShares None { get; } = new(0, 0, 0);

    /// <summary>Gets the error of the percentages, or null if they are valid.</summary>
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
        new(ToPercent(faults.TooManyRequests), ToPercent(faults.ServerError), ToPercent(faults.LostResponse));

    private static int ToPercent(double share) => (int)Math.Round(share * 100);
}
