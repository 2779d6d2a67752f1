namespace CleverTap.Rudder.Internal.Testing.Stored;

/// <summary>The receipt of a record.</summary>
/// <param name="Number">The number of the record among all stored records.</param>
/// <param name="RequestNumber">The number of its request.</param>
/// <param name="ReceivedAt">The time of receipt in seconds since 1970.</param>
internal readonly record struct RecordReceipt(long Number, long RequestNumber, long ReceivedAt);
