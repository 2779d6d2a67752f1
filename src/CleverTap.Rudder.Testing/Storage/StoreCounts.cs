namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>The totals since the start, including removed entries.</summary>
internal readonly record struct StoreCounts(
    long Events,
    long Profiles,
    long ProfileRecords,
    long TokenRecords,
    long Rejected,
    long Requests
);
