namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>A record of an event that CleverTap has not accepted or rejected yet.</summary>
internal sealed class PendingRecord(PendingEvent rudderEvent, CleverTapRecord record, long number)
{
    public PendingEvent Event => rudderEvent;

    /// <summary>The record as it is sent next. A repair replaces it.</summary>
    public CleverTapRecord Record { get; set; } = record;

    /// <summary>The order in which records were submitted to the engine.</summary>
    public long Number => number;

    /// <summary>The record behind it in the list of its user; null if it is the last one or in no list.</summary>
    public PendingRecord? Next { get; set; }

    /// <summary>How many times CleverTap has answered 555.</summary>
    public int TransientErrors { get; set; }

    public int Bytes => Record.Utf8Json.Length;

    public bool IsToken => Record is DeviceTokenRecord;

    /// <summary>Whether there is nothing left to send: the event has its outcome.</summary>
    public bool IsFinal => rudderEvent.IsFinal;
}
