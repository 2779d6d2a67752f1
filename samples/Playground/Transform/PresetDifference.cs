namespace Playground.Transform;

/// <summary>A field that the two presets do not have in common: its value under each, null where there is none.</summary>
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
                        first.FirstOrDefault(other => other.Key == record.Key)?.Fields,
                        second.FirstOrDefault(other => other.Key == record.Key)?.Fields
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
