namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>A record of an event that CleverTap has not accepted or rejected yet.</summary>
internal sealed class PendingRecord(PendingEvent rudderEvent, CleverTapRecord record, long number)
{
    public PendingEvent Event => rudderEvent;

    /// <summary>The record that is sent next; a repair replaces it.</summary>
    public CleverTapRecord Record { get; set; } = record;

    /// <summary>The position of the record in the order of submission.</summary>
    public long Number => number;

    /// <summary>The next record in the list of the user; null if this is the last one, or if it is in no list.</summary>
    public PendingRecord? Next { get; set; }

    /// <summary>The number of times that CleverTap has responded with record code 555.</summary>
    public int TransientErrors { get; set; }

    public int Bytes => Record.Utf8Json.Length;

    public bool IsToken => Record is DeviceTokenRecord;

    /// <summary>Whether the event has its outcome, so that the record is not sent any more.</summary>
    public bool IsFinal => rudderEvent.IsFinal;
}
