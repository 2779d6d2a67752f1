namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The kind of decision for a record after a response.</summary>
internal enum RecordDecisionKind
{
    /// <summary>CleverTap has stored the record.</summary>
    Accepted,

    /// <summary>CleverTap has rejected the record, and it is not sent again.</summary>
    Rejected,

    /// <summary>The record is sent again.</summary>
    Retry,
}
