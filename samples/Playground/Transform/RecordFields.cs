using CleverTap.Rudder;

namespace Playground.Transform;

/// <summary>A record as a flat list of fields, each with its path and its value as it is uploaded.</summary>
/// <param name="Key">Tells it apart from the other records of the event.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Fields">The value of each path.</param>
/// <param name="KeptWhole">How many objects and arrays are one field each, because their own fields would be too much to show.</param>
internal sealed record RecordFields(string Key, string Title, IReadOnlyDictionary<string, string> Fields, int KeptWhole)
{
    /// <summary>The fields of each record. Records of one kind are told apart by their number.</summary>
    public static IReadOnlyList<RecordFields> FromResult(TransformResult result)
    {
        Dictionary<Type, int> seen = [];
        return
        [
            .. result.Records.Select(record =>
            {
                int number = seen[record.GetType()] = seen.GetValueOrDefault(record.GetType()) + 1;
                var flat = new FlatRecord(record.ToJsonElement());
                return new RecordFields($"{record.GetType().Name} {number}", TitleOf(record), flat.Fields, flat.KeptWhole);
            }),
        ];
    }

    private static string TitleOf(CleverTapRecord record) =>
        record switch
        {
            ProfileRecord => "Profile",
            EventRecord named => $"Event “{named.EventName}”",
            _ => "Device token",
        };
}
