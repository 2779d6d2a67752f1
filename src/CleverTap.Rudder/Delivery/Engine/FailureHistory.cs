namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>What has failed so far for an event whose outcome is pending.</summary>
internal sealed class FailureHistory
{
    /// <summary>The number of times that a record of the event has failed alone.</summary>
    public int Attempts { get; set; }

    /// <summary>The number of uploads with the event that have failed while none succeeded.</summary>
    public int Outages { get; set; }

    /// <summary>The number of times that CleverTap was too busy for the event. This is no sign of a bad record.</summary>
    public int Throttles { get; set; }

    /// <summary>The time of the first failure of a record alone; null if there was none.</summary>
    public TimeSpan? First { get; set; }

    /// <summary>The failure of the last attempt; null if no attempt has failed.</summary>
    public DeliveryFailure? Last { get; set; }

    /// <summary>The first record that CleverTap has rejected; null if there is none.</summary>
    public UnprocessedRecord? Rejection { get; set; }

    /// <summary>The fields that profiles are sent without.</summary>
    public List<OmittedField> Omitted { get; } = [];
}
