namespace CleverTap.Rudder;

/// <summary>A record on its way, and the place of the event that it comes from.</summary>
internal readonly record struct RecordOfEvent(int Event, CleverTapRecord Record);
