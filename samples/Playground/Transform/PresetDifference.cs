namespace Playground.Transform;

/// <summary>A field that differs between the presets: its value under each preset, or null if it is missing.</summary>
internal sealed record PresetDifference(string Record, string Path, string? Default, string? RudderTransformer)
{
    public static IReadOnlyList<PresetDifference> Find(IReadOnlyList<RecordFields> first, IReadOnlyList<RecordFields> second) =>
        [
            .. first
                .Concat(second)
                .DistinctBy(record => record.Key)
                .SelectMany(record =>
                    CompareRecord(
                        record.Title,
                        first.FirstOrDefault(candidate => candidate.Key == record.Key)?.Fields,
                        second.FirstOrDefault(candidate => candidate.Key == record.Key)?.Fields
                    )
                ),
        ];

    private static IEnumerable<PresetDifference> CompareRecord(
        string record,
        IReadOnlyDictionary<string, string>? first,
        IReadOnlyDictionary<string, string>? second
    ) =>
        (first?.Keys ?? [])
            .Concat(second?.Keys ?? [])
            .Distinct()
            .Select(path => new PresetDifference(record, path, first?.GetValueOrDefault(path), second?.GetValueOrDefault(path)))
            .Where(field => field.Default != field.RudderTransformer);
}
