namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>The query of a read.</summary>
/// <param name="Filter">The events, or the events of the profiles.</param>
/// <param name="BatchSize">The maximum number of records of a page.</param>
/// <param name="IncludesEvents">Whether a profile has the summary of its events.</param>
/// <param name="IncludesAttributes">Whether a profile has its attributes.</param>
internal sealed record ReadQuery(EventFilter Filter, int BatchSize, bool IncludesEvents, bool IncludesAttributes);
