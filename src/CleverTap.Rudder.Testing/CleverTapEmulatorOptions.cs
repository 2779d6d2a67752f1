using System.Net;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Testing;

/// <summary>Options of a <see cref="CleverTapEmulator"/>.</summary>
/// <remarks>
/// Immutable; each value is checked when it is set. If a maximum is reached, the oldest entry is removed; the emulator's counts include it.
/// </remarks>
/// <example>
/// <code>
/// await using var nested = CleverTapEmulator.Create(new CleverTapEmulatorOptions { NestedObjects = true });
/// </code>
/// </example>
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
    private readonly IPAddress listenAddress = IPAddress.Loopback;
    private readonly int maxStoredEvents = DefaultMaxStoredEvents;
    private readonly int maxStoredProfiles = DefaultMaxStoredProfiles;
    private readonly int maxStoredRequests = DefaultMaxStoredRequests;
    private readonly int maxStoredRejected = DefaultMaxStoredRejected;
    private readonly int maxInFlight = DefaultMaxInFlight;
    private readonly CleverTapFaults faults = CleverTapFaults.None;
    private readonly TimeProvider timeProvider = TimeProvider.System;

    /// <summary>Gets the id of the only account (<c>X-CleverTap-Account-Id</c>).</summary>
    /// <value>Default <see cref="DefaultAccountId"/>; not empty.</value>
    public string AccountId
    {
        get => accountId;
        init => accountId = NotEmpty(value);
    }

    /// <summary>Gets the passcode of the account (<c>X-CleverTap-Passcode</c>).</summary>
    /// <value>Default <see cref="DefaultPasscode"/>; not empty.</value>
    public string Passcode
    {
        get => passcode;
        init => passcode = NotEmpty(value);
    }

    /// <summary>Gets the port on <see cref="ListenAddress"/>.</summary>
    /// <value>Default 0: any free port.</value>
    public int Port
    {
        get => port;
        init =>
            port = value is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, $"A port must be from 0 to {IPEndPoint.MaxPort}.");
    }

    /// <summary>Gets the address on which an emulator with a port listens.</summary>
    /// <remarks>
    /// In a container, use <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/>. The emulator speaks plain HTTP, so every other
    /// address exposes what it stores to the network.
    /// </remarks>
    /// <value>Default <see cref="IPAddress.Loopback"/>, 127.0.0.1.</value>
    public IPAddress ListenAddress
    {
        get => listenAddress;
        init => listenAddress = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets the maximum number of concurrent requests at one path. More requests get 429.</summary>
    /// <value>Default 15; at least 1.</value>
    public int MaxInFlight
    {
        get => maxInFlight;
        init => maxInFlight = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Gets whether the account has Nested Objects.</summary>
    /// <remarks>
    /// If true, nested properties of events are stored, up to three levels, instead of being rejected with 512. Nested values of profiles
    /// are always stored.
    /// </remarks>
    /// <value>Default false, as for new accounts (CleverTap docs, nested objects).</value>
    public bool NestedObjects { get; init; }

    /// <summary>Gets the initial faults: see <see cref="CleverTapEmulator.Faults"/>.</summary>
    /// <value>Default <see cref="CleverTapFaults.None"/>.</value>
    public CleverTapFaults Faults
    {
        get => faults;
        init => faults = CleverTapFaults.Check(value);
    }

    /// <summary>Gets the maximum number of stored events, and also of stored profile updates.</summary>
    /// <value>Default 100,000; 0 stores none.</value>
    public int MaxStoredEvents
    {
        get => maxStoredEvents;
        init => maxStoredEvents = NotNegative(value);
    }

    /// <summary>Gets the maximum number of stored profiles. The profile with the oldest update is removed first.</summary>
    /// <value>Default 100,000; 0 stores none.</value>
    public int MaxStoredProfiles
    {
        get => maxStoredProfiles;
        init => maxStoredProfiles = NotNegative(value);
    }

    /// <summary>Gets the maximum number of stored requests, and also of entries of each list of calls about users.</summary>
    /// <value>Default 10,000; 0 stores none.</value>
    public int MaxStoredRequests
    {
        get => maxStoredRequests;
        init => maxStoredRequests = NotNegative(value);
    }

    /// <summary>Gets the maximum number of stored rejected records.</summary>
    /// <value>Default 10,000; 0 stores none.</value>
    public int MaxStoredRejected
    {
        get => maxStoredRejected;
        init => maxStoredRejected = NotNegative(value);
    }

    /// <summary>Gets the clock for times of receipt, which are the times of records without <c>ts</c>, and for latency.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider
    {
        get => timeProvider;
        init => timeProvider = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Returns the account and port, never the passcode.</summary>
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
