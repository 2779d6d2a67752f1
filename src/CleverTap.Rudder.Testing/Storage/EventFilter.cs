using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Selects the events of a name in a period, both ends included, in seconds since 1970.</summary>
internal sealed record EventFilter(string Name, long From, long To)
{
    public bool Matches(StoredEvent storedEvent) =>
        storedEvent.Name == Name && storedEvent.OccurredAt >= From && storedEvent.OccurredAt <= To;
}
