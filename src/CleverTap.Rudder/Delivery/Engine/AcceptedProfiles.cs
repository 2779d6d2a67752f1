using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// The attributes that the accepted profiles of an upload set, and the index of the last profile that set each. Every profile is read once,
/// however many records are sent again.
/// </summary>
internal sealed class AcceptedProfiles
{
    /// <summary>For each user, the last index at which each attribute was set.</summary>
    private readonly Dictionary<(string? Identity, string? ObjectId), Dictionary<FieldName, int>> lastIndexes = [];

    /// <param name="records">The records of the upload.</param>
    /// <param name="rejections">CleverTap's error for each record; null if CleverTap accepted it.</param>
    public AcceptedProfiles(IReadOnlyList<CleverTapRecord> records, UnprocessedRecord?[] rejections)
    {
        for (int index = 0; index < records.Count; index++)
        {
            CleverTapRecord record = records[index];
            if (rejections[index] is not null || record is not ProfileRecord)
            {
                continue;
            }

            if (!lastIndexes.TryGetValue(UserOf(record), out Dictionary<FieldName, int>? indexes))
            {
                lastIndexes.Add(UserOf(record), indexes = []);
            }

            var members = new MemberReader(ProfileRepair.GetProfileData(record));
            while (members.Next())
            {
                indexes[members.Name] = index;
            }
        }
    }

    /// <summary>
    /// Returns a profile without the attributes that later accepted profiles of the user have set. Sent unchanged, it would restore older
    /// values.
    /// </summary>
    /// <param name="record">The profile; any other record is returned unchanged.</param>
    /// <param name="index">The index of the record in the upload.</param>
    public CleverTapRecord WithoutOverwritten(CleverTapRecord record, int index)
    {
        if (record is not ProfileRecord || !lastIndexes.TryGetValue(UserOf(record), out Dictionary<FieldName, int>? indexes))
        {
            return record;
        }

        return ProfileRepair.KeepFields(record, name => !indexes.TryGetValue(name, out int last) || last < index);
    }

    private static (string? Identity, string? ObjectId) UserOf(CleverTapRecord record) => (record.Identity, record.ObjectId);
}
