namespace CleverTap.Rudder.Testing;

/// <summary>
/// How often a <see cref="CleverTapEmulator"/> fails, and how. Immutable; every value is checked when it is set, the sum of
/// the shares when an emulator takes them. Which requests fail follows from <see cref="Seed"/> and their order of arrival alone:
/// requests sent one after the other fail in the same places on every run.
/// </summary>
public sealed record CleverTapFaults
{
    /// <summary>The longest <see cref="Latency"/> and <see cref="RetryAfter"/>: 30 days.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromDays(30);

    /// <summary>No faults.</summary>
    public static CleverTapFaults None { get; } = new();

    /// <summary>Where the series of faults begins. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Share of requests, 0 to 1, that are answered with 429. Default 0.</summary>
    public double TooManyRequests
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Share of requests, 0 to 1, that are answered with 500. Default 0.</summary>
    public double ServerError
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Share of requests, 0 to 1, that are answered with 503 and <see cref="RetryAfter"/>. Default 0.</summary>
    public double Unavailable
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Share of requests, 0 to 1, whose connection is dropped with nothing stored. Default 0.</summary>
    public double DroppedBefore
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Share of requests, 0 to 1, whose connection is dropped when everything is stored. Default 0.</summary>
    public double LostResponse
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Share of requests, 0 to 1, that are stored and answered with half a response. Default 0.</summary>
    public double MalformedResponse
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Share of uploaded records, 0 to 1, that are rejected with code 555 though nothing is wrong with them. Default 0.</summary>
    public double TransientRecord
    {
        get;
        init => field = Share(value);
    }

    /// <summary>
    /// What <c>Retry-After</c> of a 503 asks for, in whole seconds, rounded up. Default 1 second; 0 to <see cref="MaxWait"/>.
    /// </summary>
    public TimeSpan RetryAfter
    {
        get;
        init => field = Wait(value);
    } = TimeSpan.FromSeconds(1);

    /// <summary>Whether <c>Retry-After</c> is a date by the emulator's clock instead of seconds. Default false.</summary>
    public bool RetryAfterAsDate { get; init; }

    /// <summary>
    /// How long each response takes by the emulator's clock; <see cref="TimeSpan.Zero"/>, the default, to <see cref="MaxWait"/>.
    /// The request is stored at once: a sender that gives up waiting does not undo it. Rejections for too many requests in flight
    /// do not wait.
    /// </summary>
    public TimeSpan Latency
    {
        get;
        init => field = Wait(value);
    }

    /// <summary>The shares of requests in the order in which they divide the numbers from 0 to 1.</summary>
    internal IEnumerable<(CleverTapFault Fault, double Share)> Shares =>
        [
            (CleverTapFault.TooManyRequests, TooManyRequests),
            (CleverTapFault.ServerError, ServerError),
            (CleverTapFault.Unavailable, Unavailable),
            (CleverTapFault.DroppedBefore, DroppedBefore),
            (CleverTapFault.LostResponse, LostResponse),
            (CleverTapFault.MalformedResponse, MalformedResponse),
        ];

    /// <summary>A request has at most one fault, so that the shares must leave room for each other.</summary>
    internal static CleverTapFaults Check(CleverTapFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        double sum = faults.Shares.Sum(share => share.Share);
        const double rounding = 1e-9;
        return sum <= 1 + rounding
            ? faults
            : throw new ArgumentException($"The shares of faulty requests sum up to {sum:0.###}, which is more than 1.", nameof(faults));
    }

    private static double Share(double value) => value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value));

    private static TimeSpan Wait(TimeSpan value) =>
        value >= TimeSpan.Zero && value <= MaxWait ? value : throw new ArgumentOutOfRangeException(nameof(value));
}
