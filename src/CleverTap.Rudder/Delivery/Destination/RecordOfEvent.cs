namespace CleverTap.Rudder;

/// <summary>A record on its way, and the place of the event that it comes from.</summary>
internal readonly record struct RecordOfEvent(int Event, CleverTapRecord Record)
{
    /// <summary>Noted while the record is at hand: cutting thousands of records into uploads need not look at each again.</summary>
    public int Bytes { get; } = Record.Utf8Json.Length;

    public bool IsToken { get; } = Record is DeviceTokenRecord;
}
