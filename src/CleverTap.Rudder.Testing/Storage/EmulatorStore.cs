using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Internal.Testing.Stored;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Everything that the emulator remembers. Thread-safe; an upload is stored as a whole.</summary>
internal sealed class EmulatorStore(CleverTapEmulatorOptions options)
{
    private readonly object gate = new();
    private readonly EventLog events = new(options.MaxStoredEvents);
    private readonly BoundedLog<StoredProfileUpdate> profileUpdates = new(options.MaxStoredEvents);
    private readonly BoundedLog<ReceivedRequest> requests = new(options.MaxStoredRequests);
    private readonly BoundedLog<RejectedRecord> rejected = new(options.MaxStoredRejected);
    private readonly UserRequestLog userCalls = new(options.MaxStoredRequests);
    private readonly ProfileStore profiles = new(options.MaxStoredProfiles);
    private long tokenRecords;
    private long arrivedRequests;

    private long StoredRecords => events.Total + profileUpdates.Total + tokenRecords;

    /// <summary>The number of a request that has come.</summary>
    public long NextRequest()
    {
        lock (gate)
        {
            return ++arrivedRequests;
        }
    }

    public void Add(long requestNumber, IReadOnlyList<UploadedRecord> accepted, IReadOnlyList<RejectedRecord> rejections)
    {
        long now = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            foreach (UploadedRecord record in accepted)
            {
                Add(record, new RecordReceipt(StoredRecords + 1, requestNumber, now));
            }

            foreach (RejectedRecord record in rejections)
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
                userCalls.Deleted.Add(id);
            }
        }
    }

    public void Demerge(IReadOnlyList<string> identities) => Add(userCalls.Demerged, identities);

    public void Disassociate(IReadOnlyList<string> phones) => Add(userCalls.Disassociated, phones);

    public void Subscribe(IReadOnlyList<Subscription> subscriptions) => Add(userCalls.Subscriptions, subscriptions);

    public IReadOnlyList<StoredEvent> Events()
    {
        lock (gate)
        {
            return events.Snapshot();
        }
    }

    /// <summary>By all ids of the user's profile; by the id alone where the profile is forgotten.</summary>
    public IReadOnlyList<StoredEvent> FindEvents(string id)
    {
        lock (gate)
        {
            return events.FindByKeys(profiles.Find(id)?.Keys ?? UserKeys.FromText(id));
        }
    }

    public IReadOnlyList<StoredProfileUpdate> ProfileUpdates()
    {
        lock (gate)
        {
            return profileUpdates.Snapshot();
        }
    }

    /// <summary>What one of the calls about users asked for.</summary>
    public IReadOnlyList<T> UserRequests<T>(Func<UserRequestLog, BoundedLog<T>> of)
        where T : class
    {
        lock (gate)
        {
            return of(userCalls).Snapshot();
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
            return profiles.Find(id)?.Snapshot();
        }
    }

    public KeyValuePair<string, StoredProfile>[] Profiles()
    {
        lock (gate)
        {
            return profiles.All.Select(entry => KeyValuePair.Create(entry.FirstId, entry.Snapshot())).ToArray();
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
            userCalls.Clear();
            profiles.Clear();
            tokenRecords = arrivedRequests = 0;
        }
    }

    private void Add<T>(BoundedLog<T> history, IReadOnlyList<T> entries)
        where T : class
    {
        lock (gate)
        {
            foreach (T entry in entries)
            {
                history.Add(entry);
            }
        }
    }

    private void Add(UploadedRecord record, RecordReceipt arrival)
    {
        switch (record.Kind)
        {
            case RecordKind.Event:
                profiles.GetForUpdate(record.UserKeys);
                events.Add(new StoredEvent(record, arrival));
                break;
            case RecordKind.Profile:
                JsonSlice data = record.ProfileData.Copy();
                profiles.GetForUpdate(record.UserKeys.Concat(InnerIdentity(data))).Apply(data);
                profileUpdates.Add(new StoredProfileUpdate(record, data, arrival));
                break;
            default:
                profiles.GetForUpdate(record.UserKeys).Add(TokenOf(record.TokenData));
                tokenRecords++;
                break;
        }
    }

    /// <summary>A further identity of the user; one that CleverTap would not take for an identity adds none.</summary>
    private static IEnumerable<UserKey> InnerIdentity(JsonSlice profileData)
    {
        JsonSlice identity = profileData.Member("identity"u8);
        return UploadValidator.IsUsableId(UserKeyKind.Identity, identity) ? [new UserKey(UserKeyKind.Identity, identity.ToText()!)] : [];
    }

    private static DeviceToken TokenOf(JsonSlice tokenData) =>
        new(tokenData.Member("id"u8).ToText()!, tokenData.Member("type"u8).ToText()!);
}
