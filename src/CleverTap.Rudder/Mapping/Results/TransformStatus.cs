namespace CleverTap.Rudder;

/// <summary>What became of an event in the transformation.</summary>
public enum TransformStatus
{
    /// <summary>It has records for CleverTap.</summary>
    Mapped,

    /// <summary>It is not meant for CleverTap.</summary>
    Filtered,

    /// <summary>It cannot become a record.</summary>
    Invalid,
}
