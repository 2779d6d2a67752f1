using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Which attributes the profiles set that CleverTap took of an upload, and where in it. Each is looked at once, however many
/// of the others are sent again.
/// </summary>
internal sealed class AcceptedProfiles
{
    /// <summary>For each user the last place at which each attribute was set.</summary>
    private readonly Dictionary<(string? Identity, string? ObjectId), Dictionary<FieldName, int>> lastPlaces = [];

    /// <param name="records">The records of the upload.</param>
    /// <param name="judged">What CleverTap said of each; null where it took it.</param>
    public AcceptedProfiles(IReadOnlyList<CleverTapRecord> records, UnprocessedRecord?[] judged)
    {
        for (int place = 0; place < records.Count; place++)
        {
            CleverTapRecord record = records[place];
            if (judged[place] is not null || record is not ProfileRecord)
            {
                continue;
            }

            if (!lastPlaces.TryGetValue(UserOf(record), out Dictionary<FieldName, int>? places))
            {
                lastPlaces.Add(UserOf(record), places = []);
            }

            var members = new MemberReader(ProfileRepair.GetProfileData(record));
            while (members.Next())
            {
                places[members.Name] = place;
            }
        }
    }

    /// <summary>
    /// The same profile without what later profiles of the user, which CleverTap has taken already, have set: sent as it is,
    /// it would bring back older values.
    /// </summary>
    /// <param name="record">The profile; any other record stays as it is.</param>
    /// <param name="place">Its place in the upload.</param>
    public CleverTapRecord WithoutOverwritten(CleverTapRecord record, int place)
    {
        if (record is not ProfileRecord || !lastPlaces.TryGetValue(UserOf(record), out Dictionary<FieldName, int>? places))
        {
            return record;
        }

        return ProfileRepair.KeepFields(record, name => !places.TryGetValue(name, out int last) || last < place);
    }

    private static (string? Identity, string? ObjectId) UserOf(CleverTapRecord record) => (record.Identity, record.ObjectId);
}
