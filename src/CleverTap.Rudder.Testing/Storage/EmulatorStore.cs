namespace CleverTap.Rudder.Testing;

/// <summary>Everything that the emulator remembers. Thread-safe; an upload is stored as a whole.</summary>
internal sealed class EmulatorStore(CleverTapEmulatorOptions options)
{
    private readonly object gate = new();
    private readonly History<StoredEvent> events = new(options.MaxStoredEvents);
    private readonly History<AnsweredRequest> requests = new(options.MaxStoredRequests);
    private readonly History<RefusedRecord> refused = new(options.MaxStoredRefused);
    private readonly ProfileStore profiles = new(options.MaxStoredProfiles);
    private long profileRecords;
    private long tokenRecords;

    public void Add(IReadOnlyList<UploadedRecord> accepted, IReadOnlyList<RefusedRecord> rejected)
    {
        long now = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            foreach (UploadedRecord record in accepted) Add(record, now);
            foreach (RefusedRecord record in rejected) refused.Add(record);
        }
    }

    public void Add(AnsweredRequest request)
    {
        lock (gate) requests.Add(request);
    }

    public StoredEvent[] Events()
    {
        lock (gate) return events.ToArray();
    }

    /// <summary>By all ids of the user's profile; by the id alone where the profile is forgotten.</summary>
    public StoredEvent[] EventsOf(string id)
    {
        StoredEvent[] all;
        HashSet<UserKey>? keys;
        lock (gate)
        {
            all = events.ToArray();
            keys = profiles.Find(id)?.Keys.ToHashSet();
        }

        return Array.FindAll(all, stored => stored.UserKeys.Any(key => keys?.Contains(key) ?? key.Text == id));
    }

    public AnsweredRequest[] Requests()
    {
        lock (gate) return requests.ToArray();
    }

    public RefusedRecord[] Refused()
    {
        lock (gate) return refused.ToArray();
    }

    public StoredProfile? Profile(string id)
    {
        lock (gate) return profiles.Find(id)?.Snapshot();
    }

    public KeyValuePair<string, StoredProfile>[] Profiles()
    {
        lock (gate) return profiles.All.Select(entry => KeyValuePair.Create(entry.FirstId, entry.Snapshot())).ToArray();
    }

    public int StoredProfileCount()
    {
        lock (gate) return profiles.Count;
    }

    public StoreCounts Counts()
    {
        lock (gate) return new StoreCounts(events.Total, profiles.Total, profileRecords, tokenRecords, refused.Total, requests.Total);
    }

    public void Clear()
    {
        lock (gate)
        {
            events.Clear();
            requests.Clear();
            refused.Clear();
            profiles.Clear();
            profileRecords = tokenRecords = 0;
        }
    }

    private void Add(UploadedRecord record, long now)
    {
        switch (record.Kind)
        {
            case RecordKind.Event:
                profiles.Touch(record.UserKeys);
                events.Add(new StoredEvent(record, now));
                break;
            case RecordKind.Profile:
                JsonValue data = record.ProfileData.Copy();
                profiles.Touch(record.UserKeys.Concat(InnerIdentity(data))).Set(data);
                profileRecords++;
                break;
            default:
                profiles.Touch(record.UserKeys).Add(TokenOf(record.TokenData));
                tokenRecords++;
                break;
        }
    }

    /// <summary>A further identity of the user; one that CleverTap would not take for an identity adds none.</summary>
    private static IEnumerable<UserKey> InnerIdentity(JsonValue profileData)
    {
        JsonValue identity = profileData.Member("identity"u8);
        return RecordJudge.IsUsableId(UserKeyKind.Identity, identity) ? [new UserKey(UserKeyKind.Identity, identity.ToText()!)] : [];
    }

    private static DeviceToken TokenOf(JsonValue tokenData) =>
        new(tokenData.Member("id"u8).ToText()!, tokenData.Member("type"u8).ToText()!);
}
