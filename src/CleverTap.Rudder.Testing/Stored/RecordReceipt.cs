using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Stored;

/// <summary>When a record came: its place among all stored records, its request, and the time in seconds since 1970.</summary>
internal readonly record struct RecordReceipt(long Number, long RequestNumber, long ReceivedAt);
