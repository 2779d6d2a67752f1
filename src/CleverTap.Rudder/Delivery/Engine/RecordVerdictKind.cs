namespace CleverTap.Rudder.Internal.Delivery.Engine;

internal enum RecordVerdictKind
{
    /// <summary>CleverTap has stored it.</summary>
    Accepted,

    /// <summary>CleverTap refuses it for good.</summary>
    Rejected,

    /// <summary>It is sent again.</summary>
    Again,
}
