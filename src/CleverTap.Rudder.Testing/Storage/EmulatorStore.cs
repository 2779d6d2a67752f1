using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Stored;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Stores what the emulator has received. Thread-safe; an upload is stored atomically.</summary>
internal sealed partial class EmulatorStore(CleverTapEmulatorOptions options)
{
    private readonly object gate = new();
    private readonly EventLog events = new(options.MaxStoredEvents);
    private readonly BoundedLog<StoredProfileUpdate> profileUpdates = new(options.MaxStoredEvents);
    private readonly BoundedLog<ReceivedRequest> requests = new(options.MaxStoredRequests);
    private readonly BoundedLog<RejectedRecord> rejected = new(options.MaxStoredRejected);
    private readonly UserRequestLog userRequests = new(options.MaxStoredRequests);
    private readonly ProfileStore profiles = new(options.MaxStoredProfiles);
    private long tokenRecords;
    private long receivedRequests;

    private long StoredRecords => events.Total + profileUpdates.Total + tokenRecords;

    /// <summary>Counts a received request and returns its number.</summary>
    public long NextRequest()
    {
        lock (gate)
        {
            return ++receivedRequests;
        }
    }

    public void Add(long requestNumber, IReadOnlyList<UploadedRecord> accepted, IReadOnlyList<RejectedRecord> rejectedRecords)
    {
        long now = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            foreach (UploadedRecord record in accepted)
            {
                Add(record, new RecordReceipt(StoredRecords + 1, requestNumber, now));
            }

            foreach (RejectedRecord record in rejectedRecords)
            {
                rejected.Add(record);
            }
        }
    }

    public void Add(ReceivedRequest request)
    {
        lock (gate)
        {
            requests.Add(request);
        }
    }

    public void Delete(UserKeyKind kind, IReadOnlyList<string> ids)
    {
        lock (gate)
        {
            foreach (string id in ids)
            {
                profiles.Delete(new UserKey(kind, id));
                userRequests.Deleted.Add(id);
            }
        }
    }

    public void Demerge(IReadOnlyList<string> identities) => Add(userRequests.Demerged, identities);

    public void Disassociate(IReadOnlyList<string> phones) => Add(userRequests.Disassociated, phones);

    public void Subscribe(IReadOnlyList<Subscription> subscriptions) => Add(userRequests.Subscriptions, subscriptions);

    public IReadOnlyList<StoredEvent> Events()
    {
        lock (gate)
        {
            return events.Snapshot();
        }
    }

    /// <summary>Returns the events of all ids of the user's profile, or only those of the id if the profile has been removed.</summary>
    public IReadOnlyList<StoredEvent> FindEvents(string id)
    {
        lock (gate)
        {
            return events.FindByKeys(profiles.Find(UserKeys.FromText(id))?.Keys ?? UserKeys.FromText(id));
        }
    }

    public IReadOnlyList<StoredProfileUpdate> ProfileUpdates()
    {
        lock (gate)
        {
            return profileUpdates.Snapshot();
        }
    }

    /// <summary>Returns the entries of one of the calls about users.</summary>
    public IReadOnlyList<T> UserRequests<T>(Func<UserRequestLog, BoundedLog<T>> select)
        where T : class
    {
        lock (gate)
        {
            return select(userRequests).Snapshot();
        }
    }

    public IReadOnlyList<ReceivedRequest> Requests()
    {
        lock (gate)
        {
            return requests.Snapshot();
        }
    }

    public IReadOnlyList<RejectedRecord> Rejected()
    {
        lock (gate)
        {
            return rejected.Snapshot();
        }
    }

    public StoredProfile? FindProfile(string id)
    {
        lock (gate)
        {
            return profiles.Find(UserKeys.FromText(id))?.Snapshot() is { } profile ? new StoredProfile(profile) : null;
        }
    }

    public KeyValuePair<string, StoredProfile>[] Profiles()
    {
        lock (gate)
        {
            return profiles.All.Select(entry => KeyValuePair.Create(entry.FirstId, new StoredProfile(entry.Snapshot()))).ToArray();
        }
    }

    public int StoredProfileCount()
    {
        lock (gate)
        {
            return profiles.Count;
        }
    }

    public StoreCounts Counts()
    {
        lock (gate)
        {
            return new StoreCounts(events.Total, profiles.Total, profileUpdates.Total, tokenRecords, rejected.Total, requests.Total);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            events.Clear();
            profileUpdates.Clear();
            requests.Clear();
            rejected.Clear();
            userRequests.Clear();
            profiles.Clear();
            reads.Clear();
            tokenRecords = receivedRequests = 0;
        }
    }

    private void Add<T>(BoundedLog<T> log, IReadOnlyList<T> entries)
        where T : class
    {
        lock (gate)
        {
            foreach (T entry in entries)
            {
                log.Add(entry);
            }
        }
    }

    private void Add(UploadedRecord record, RecordReceipt receipt)
    {
        switch (record.Kind)
        {
            case RecordKind.Event:
                profiles.GetForUpdate(record.UserKeys);
                events.Add(new StoredEvent(record, receipt));
                break;
            case RecordKind.Profile:
                JsonSlice data = record.ProfileData.Copy();
                profiles.GetForUpdate(record.UserKeys.Concat(ReadInnerIdentity(data))).Apply(data);
                profileUpdates.Add(new StoredProfileUpdate(record, data, receipt));
                break;
            default:
                profiles.GetForUpdate(record.UserKeys).Add(ReadToken(record.TokenData));
                tokenRecords++;
                break;
        }
    }

    /// <summary>Reads the further identity in profile data, if CleverTap would accept it as an identity.</summary>
    private static IEnumerable<UserKey> ReadInnerIdentity(JsonSlice profileData)
    {
        JsonSlice identity = profileData.Member("identity"u8);
        return UploadValidator.IsUsableId(UserKeyKind.Identity, identity) ? [new UserKey(UserKeyKind.Identity, identity.ToText()!)] : [];
    }

    private static DeviceToken ReadToken(JsonSlice tokenData) =>
        new(tokenData.Member("id"u8).ToText()!, tokenData.Member("type"u8).ToText()!);
}
