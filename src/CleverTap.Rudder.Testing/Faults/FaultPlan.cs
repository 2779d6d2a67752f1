using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Faults;

/// <summary>The planned fault of one request.</summary>
internal sealed record FaultPlan(CleverTapFault Fault)
{
    public static readonly FaultPlan None = new(CleverTapFault.None);

    /// <summary>An HTTP status to respond with, storing nothing, for responses that are not faults. Tests script it.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the record with a number in the upload, counted from 1, is rejected although it is valid.</summary>
    public Func<int, bool> FailsRecord { get; init; } = static _ => false;
}
