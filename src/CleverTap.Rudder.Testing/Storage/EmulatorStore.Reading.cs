using CleverTap.Rudder.Internal.Testing.Stored;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Answers the calls that read what is stored.</summary>
internal sealed partial class EmulatorStore
{
    private readonly OpenReads reads = new(options.TimeProvider);

    /// <summary>Returns a profile with the summary of its events; null if none of the ids is known.</summary>
    public ProfileSnapshot? ReadProfile(IEnumerable<UserKey> keys)
    {
        lock (gate)
        {
            return profiles.Find(keys) is { } entry ? CreateSnapshot(entry, includesEvents: true) : null;
        }
    }

    /// <summary>Returns the profile with an e-mail address and the summary of its events; null if there is none.</summary>
    public ProfileSnapshot? ReadProfileByEmail(string email)
    {
        lock (gate)
        {
            return profiles.FindByEmail(email) is { } entry ? CreateSnapshot(entry, includesEvents: true) : null;
        }
    }

    /// <summary>Begins a read of what is stored now and returns the cursor of its first page.</summary>
    public string BeginRead(ReadKind kind, ReadQuery query)
    {
        lock (gate)
        {
            return reads.Open(kind, query, until: StoredRecords);
        }
    }

    /// <summary>Returns a page of events, each with the profile of its user; null if the cursor is not valid.</summary>
    public ReadPage? ReadEvents(string cursor) => Read(ReadKind.Events, cursor, AddProfiles);

    /// <summary>Returns a page of the profiles whose users did the event; null if the cursor is not valid.</summary>
    public ReadPage? ReadProfiles(string cursor) => Read(ReadKind.Profiles, cursor, SelectProfiles);

    /// <summary>Reads events up to the size of a page and remembers the last one as the position of the next page.</summary>
    private ReadPage? Read(ReadKind kind, string cursor, Func<IEnumerable<StoredEvent>, ReadQuery, IEnumerable<EventWithProfile>> select)
    {
        lock (gate)
        {
            if (reads.Find(kind, cursor) is not (OpenRead read, long after))
            {
                return null;
            }

            List<EventWithProfile> records = [];
            string? nextCursor = null;
            foreach (EventWithProfile record in select(events.Read(read.Query.Filter, after, read.Until), read.Query))
            {
                if (records.Count == read.Query.BatchSize)
                {
                    nextCursor = read.CreateCursor(records[^1].Event.Number);
                    break;
                }

                records.Add(record);
            }

            return new ReadPage(read.Query, records, nextCursor);
        }
    }

    private IEnumerable<EventWithProfile> AddProfiles(IEnumerable<StoredEvent> source, ReadQuery query)
    {
        var snapshots = new Dictionary<ProfileEntry, ProfileSnapshot>();
        foreach (StoredEvent storedEvent in source)
        {
            if (profiles.Find(storedEvent.UserKeys) is not { } entry)
            {
                // The profile is deleted; the event keeps its ids.
                yield return new(storedEvent, new ProfileSnapshot([.. storedEvent.UserKeys], [], []));
                continue;
            }

            if (!snapshots.TryGetValue(entry, out ProfileSnapshot? snapshot))
            {
                snapshots.Add(entry, snapshot = CreateSnapshot(entry, query.IncludesEvents));
            }

            yield return new(storedEvent, snapshot);
        }
    }

    /// <summary>Returns each profile once, at the first of its events that matches.</summary>
    private IEnumerable<EventWithProfile> SelectProfiles(IEnumerable<StoredEvent> source, ReadQuery query)
    {
        HashSet<ProfileEntry> seen = [];
        foreach (StoredEvent storedEvent in source)
        {
            if (
                profiles.Find(storedEvent.UserKeys) is { } entry
                && seen.Add(entry)
                && events.FindFirst(entry.Keys, query.Filter) == storedEvent.Number
            )
            {
                yield return new(storedEvent, CreateSnapshot(entry, query.IncludesEvents));
            }
        }
    }

    private ProfileSnapshot CreateSnapshot(ProfileEntry entry, bool includesEvents)
    {
        ProfileSnapshot snapshot = entry.Snapshot();
        return includesEvents ? snapshot with { Events = events.Summarize(snapshot.Keys) } : snapshot;
    }
}
