using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Totals since the start, forgotten entries too.</summary>
internal readonly record struct StoreCounts(
    long Events,
    long Profiles,
    long ProfileRecords,
    long TokenRecords,
    long Rejected,
    long Requests
);
