using CleverTap.Rudder.Internal.Testing.Faults;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>A request to the API, independent of the transport.</summary>
internal sealed record EmulatorRequest(string Method, string Path)
{
    /// <summary>The number of the request in the order of arrival, counted from 1.</summary>
    public long Number { get; init; }

    public string? AccountId { get; init; }

    public string? Passcode { get; init; }

    public string? ContentType { get; init; }

    public bool IsDryRun { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <inheritdoc cref="FaultPlan.FailsRecord"/>
    public Func<int, bool> FailsRecord { get; init; } = FaultPlan.None.FailsRecord;
}
