namespace CleverTap.Rudder;

/// <summary>Specifies the result of a transformation.</summary>
public enum TransformStatus
{
    /// <summary>The event has records for CleverTap.</summary>
    Mapped,

    /// <summary>The event is not sent to CleverTap.</summary>
    Filtered,

    /// <summary>The event cannot become a record.</summary>
    Invalid,
}
