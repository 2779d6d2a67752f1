using CleverTap.Rudder;

namespace Playground.Transform;

/// <summary>A record as a flat list of fields with their paths and uploaded values.</summary>
/// <param name="Key">Identifies the record among the records of the event.</param>
/// <param name="Title">The display name.</param>
/// <param name="Fields">The value of each path.</param>
/// <param name="KeptWhole">The number of objects and arrays that are one field each, because their fields are too large to show.</param>
internal sealed record RecordFields(string Key, string Title, IReadOnlyDictionary<string, string> Fields, int KeptWhole)
{
    /// <summary>Creates the fields of each record. A number distinguishes records of one kind.</summary>
    public static IReadOnlyList<RecordFields> FromResult(TransformResult result)
    {
        Dictionary<Type, int> seen = [];
        return
        [
            .. result.Records.Select(record =>
            {
                int number = seen[record.GetType()] = seen.GetValueOrDefault(record.GetType()) + 1;
                var flat = new FlatRecord(record.ToJsonElement());
                return new RecordFields($"{record.GetType().Name} {number}", GetTitle(record), flat.Fields, flat.KeptWhole);
            }),
        ];
    }

    private static string GetTitle(CleverTapRecord record) =>
        record switch
        {
            ProfileRecord => "Profile",
            EventRecord eventRecord => $"Event “{eventRecord.EventName}”",
            _ => "Device token",
        };
}
