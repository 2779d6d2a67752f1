using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Faults;

/// <summary>What is to go wrong with one request.</summary>
internal sealed record FaultPlan(CleverTapFault Fault)
{
    public static readonly FaultPlan None = new(CleverTapFault.None);

    /// <summary>An HTTP status to response with, nothing stored, for answers that no fault stands for. Tests script it.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the record at a place in the upload, counted from 1, is rejected for no fault of its own.</summary>
    public Func<int, bool> FailsRecord { get; init; } = static _ => false;
}
