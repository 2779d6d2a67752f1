using System.Net;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Faults;

namespace CleverTap.Rudder.Testing;

/// <summary>
/// How a <see cref="CleverTapEmulator"/> starts and how much it remembers. Immutable; every value is checked when it is set.
/// What goes beyond a maximum pushes out the oldest; the emulator's counts go on.
/// </summary>
public sealed record CleverTapEmulatorOptions
{
    /// <summary>The default of <see cref="AccountId"/>.</summary>
    public const string DefaultAccountId = "TEST-ACCOUNT";

    /// <summary>The default of <see cref="Passcode"/>.</summary>
    public const string DefaultPasscode = "test-passcode";

    /// <summary>The default of <see cref="MaxStoredEvents"/>.</summary>
    public const int DefaultMaxStoredEvents = 100_000;

    /// <summary>The default of <see cref="MaxStoredProfiles"/>.</summary>
    public const int DefaultMaxStoredProfiles = 100_000;

    /// <summary>The default of <see cref="MaxStoredRequests"/>.</summary>
    public const int DefaultMaxStoredRequests = 10_000;

    /// <summary>The default of <see cref="MaxStoredRejected"/>.</summary>
    public const int DefaultMaxStoredRejected = 10_000;

    /// <summary>The default of <see cref="MaxInFlight"/>: CleverTap's limit (CleverTap docs, API request limit).</summary>
    public const int DefaultMaxInFlight = CleverTapRules.RequestsInFlight;

    private readonly string accountId = DefaultAccountId;
    private readonly string passcode = DefaultPasscode;
    private readonly int port;
    private readonly int maxStoredEvents = DefaultMaxStoredEvents;
    private readonly int maxStoredProfiles = DefaultMaxStoredProfiles;
    private readonly int maxStoredRequests = DefaultMaxStoredRequests;
    private readonly int maxStoredRejected = DefaultMaxStoredRejected;
    private readonly int maxInFlight = DefaultMaxInFlight;
    private readonly CleverTapFaults faults = CleverTapFaults.None;
    private readonly TimeProvider timeProvider = TimeProvider.System;

    /// <summary>The one account that exists: <c>X-CleverTap-Account-Id</c>. Default <see cref="DefaultAccountId"/>; not empty.</summary>
    public string AccountId
    {
        get => accountId;
        init => accountId = NotEmpty(value);
    }

    /// <summary>Its passcode: <c>X-CleverTap-Passcode</c>. Default <see cref="DefaultPasscode"/>; not empty.</summary>
    public string Passcode
    {
        get => passcode;
        init => passcode = NotEmpty(value);
    }

    /// <summary>The port on 127.0.0.1. Default 0: any free one.</summary>
    public int Port
    {
        get => port;
        init =>
            port = value is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>The most requests at once at one API, each path being one; more are answered with 429. Default 15; at least 1.</summary>
    public int MaxInFlight
    {
        get => maxInFlight;
        init => maxInFlight = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>
    /// Whether the account has Nested Objects: nested properties of events are stored, up to three levels, instead of being refused
    /// with 512. Default false, as accounts are by default (CleverTap docs, nested objects). Profiles are stored either way.
    /// </summary>
    public bool NestedObjects { get; init; }

    /// <summary>What goes wrong to begin with: see <see cref="CleverTapEmulator.Faults"/>. Default <see cref="CleverTapFaults.None"/>.</summary>
    public CleverTapFaults Faults
    {
        get => faults;
        init => faults = CleverTapFaults.Check(value);
    }

    /// <summary>The most events that are kept, and the most profile updates. Default 100,000; 0 keeps none.</summary>
    public int MaxStoredEvents
    {
        get => maxStoredEvents;
        init => maxStoredEvents = NotNegative(value);
    }

    /// <summary>The most profiles that are kept; the one that was updated longest ago goes first. Default 100,000; 0 keeps none.</summary>
    public int MaxStoredProfiles
    {
        get => maxStoredProfiles;
        init => maxStoredProfiles = NotNegative(value);
    }

    /// <summary>
    /// The most answered requests that are kept, and the most entries of each list of what calls about users asked for.
    /// Default 10,000; 0 keeps none.
    /// </summary>
    public int MaxStoredRequests
    {
        get => maxStoredRequests;
        init => maxStoredRequests = NotNegative(value);
    }

    /// <summary>The most rejected records that are kept. Default 10,000; 0 keeps none.</summary>
    public int MaxStoredRejected
    {
        get => maxStoredRejected;
        init => maxStoredRejected = NotNegative(value);
    }

    /// <summary>
    /// Tells the time of receipt, which is the time of records without <c>ts</c>, and measures the faults' latency. Default
    /// <see cref="TimeProvider.System"/>.
    /// </summary>
    public TimeProvider TimeProvider
    {
        get => timeProvider;
        init => timeProvider = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The account and port; never the passcode.</summary>
    public override string ToString() => $"CleverTap emulator of {AccountId} on port {Port}";

    private static string NotEmpty(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return value;
    }

    private static int NotNegative(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}
