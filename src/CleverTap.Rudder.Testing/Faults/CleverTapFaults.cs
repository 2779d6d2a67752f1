namespace CleverTap.Rudder.Testing;

/// <summary>Describes how often and how a <see cref="CleverTapEmulator"/> fails.</summary>
/// <remarks>
/// Immutable. Each value is checked when it is set, and the sum of the shares when an emulator receives them. Only <see cref="Seed"/> and
/// the order of arrival determine which requests fail: requests sent one after the other fail in the same positions on every run.
/// </remarks>
/// <example>
/// <code>
/// cleverTap.Faults = new CleverTapFaults
/// {
///     Seed = 1,
///     ServerError = 0.3,
///     LostResponse = 0.3,
/// };
/// </code>
/// </example>
public sealed record CleverTapFaults
{
    /// <summary>The maximum of <see cref="Latency"/> and <see cref="RetryAfter"/>: 30 days.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromDays(30);

    /// <summary>Gets faults whose shares are all 0.</summary>
    public static CleverTapFaults None { get; } = new();

    /// <summary>Gets the seed of the random faults.</summary>
    /// <value>Default 0.</value>
    public int Seed { get; init; }

    /// <summary>Gets the share of requests that get 429.</summary>
    /// <value>Default 0; 0 to 1.</value>
    public double TooManyRequests
    {
        get;
        init => field = CheckShare(value);
    }

    /// <summary>Gets the share of requests that get 500.</summary>
    /// <value>Default 0; 0 to 1.</value>
    public double ServerError
    {
        get;
        init => field = CheckShare(value);
    }

    /// <summary>Gets the share of requests that get 503 with <see cref="RetryAfter"/>.</summary>
    /// <value>Default 0; 0 to 1.</value>
    public double Unavailable
    {
        get;
        init => field = CheckShare(value);
    }

    /// <summary>Gets the share of requests whose connection is dropped before anything is stored.</summary>
    /// <value>Default 0; 0 to 1.</value>
    public double DroppedBefore
    {
        get;
        init => field = CheckShare(value);
    }

    /// <summary>Gets the share of requests whose connection is dropped after everything is stored.</summary>
    /// <value>Default 0; 0 to 1.</value>
    public double LostResponse
    {
        get;
        init => field = CheckShare(value);
    }

    /// <summary>Gets the share of requests that are stored and get half a response.</summary>
    /// <value>Default 0; 0 to 1.</value>
    public double MalformedResponse
    {
        get;
        init => field = CheckShare(value);
    }

    /// <summary>Gets the share of uploaded records that are rejected with code 555 although they are valid.</summary>
    /// <value>Default 0; 0 to 1.</value>
    public double TransientRecord
    {
        get;
        init => field = CheckShare(value);
    }

    /// <summary>Gets the <c>Retry-After</c> of a 503.</summary>
    /// <value>Default 1 second; 0 to <see cref="MaxWait"/>. It is sent in whole seconds, rounded up.</value>
    public TimeSpan RetryAfter
    {
        get;
        init => field = CheckWait(value);
    } = TimeSpan.FromSeconds(1);

    /// <summary>Gets whether <c>Retry-After</c> is a date by the emulator's clock instead of seconds.</summary>
    /// <value>Default false.</value>
    public bool RetryAfterAsDate { get; init; }

    /// <summary>Gets the delay of each response by the emulator's clock.</summary>
    /// <remarks>
    /// The request is stored at once, so a sender that stops waiting does not undo it. A rejection because of too many requests in
    /// flight is
    /// not delayed.
    /// </remarks>
    /// <value>Default <see cref="TimeSpan.Zero"/>; up to <see cref="MaxWait"/>.</value>
    public TimeSpan Latency
    {
        get;
        init => field = CheckWait(value);
    }

    /// <summary>The shares of requests, in the order in which they divide the interval from 0 to 1.</summary>
    internal IEnumerable<(CleverTapFault Fault, double Share)> Shares =>
        [
            (CleverTapFault.TooManyRequests, TooManyRequests),
            (CleverTapFault.ServerError, ServerError),
            (CleverTapFault.Unavailable, Unavailable),
            (CleverTapFault.DroppedBefore, DroppedBefore),
            (CleverTapFault.LostResponse, LostResponse),
            (CleverTapFault.MalformedResponse, MalformedResponse),
        ];

    /// <summary>Checks that the sum of the shares is at most 1, because a request has at most one fault.</summary>
    internal static CleverTapFaults Check(CleverTapFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        double sum = faults.Shares.Sum(share => share.Share);
        const double rounding = 1e-9;
        return sum <= 1 + rounding
            ? faults
            : throw new ArgumentException($"The sum of the shares of faulty requests must be ≤ 1 (was {sum:0.###}).", nameof(faults));
    }

    private static double CheckShare(double value) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share must be from 0 to 1.");

    private static TimeSpan CheckWait(TimeSpan value) =>
        value >= TimeSpan.Zero && value <= MaxWait
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A wait must be from 0 to {MaxWait.Days} days.");
}
