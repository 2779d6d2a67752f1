namespace CleverTap.Rudder.Internal.Delivery.Engine;

internal enum RecordDecisionKind
{
    /// <summary>CleverTap has stored it.</summary>
    Accepted,

    /// <summary>CleverTap rejects it for good.</summary>
    Rejected,

    /// <summary>It is sent again.</summary>
    Retry,
}
