namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>A page of a read.</summary>
/// <param name="Query">The query of the read.</param>
/// <param name="Records">The records in order of arrival.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last page.</param>
internal sealed record ReadPage(ReadQuery Query, List<EventWithProfile> Records, string? NextCursor);
