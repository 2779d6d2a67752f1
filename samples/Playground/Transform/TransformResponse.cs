using CleverTap.Rudder;
using Playground.Events;
using Playground.Mapping;

namespace Playground.Transform;

/// <summary>What all pasted events become in short, and one of them in full; neither if the options are wrong.</summary>
internal sealed record TransformResponse(IReadOnlyList<EventInShort> Events, EventInFull? Shown, string? OptionError);

internal sealed record EventInShort(string Label, string Status, int Warnings);

/// <summary>One event: its lines, its records under both presets, and where these differ.</summary>
internal sealed record EventInFull(
    int Index,
    IReadOnlyList<LineView> Lines,
    int LinesLeftOut,
    int Values,
    int ValuesTried,
    int ValuesKeptWhole,
    PresetView Default,
    PresetView RudderTransformer,
    IReadOnlyList<PresetDifference> Differences
)
{
    public static EventInFull Of(int index, byte[] json, PresetPair presets)
    {
        EventLines lines = EventLines.Of(json);
        int values = lines.All.Count(line => line.Kind == EventLineKind.Leaf);
        (PresetView guide, IReadOnlyList<RecordFields> guideFields) = PresetView.Of(json, lines, presets.Default);
        (PresetView parity, IReadOnlyList<RecordFields> parityFields) = PresetView.Of(json, lines, presets.RudderTransformer);
        return new EventInFull(
            index,
            [
                .. lines
                    .All.Take(EventLines.MaxShown)
                    .Select((line, number) => new LineView(line.Depth, line.Name, line.Value, lines.HasComma(number), line.Path)),
            ],
            Math.Max(0, lines.All.Count - EventLines.MaxShown),
            values,
            Math.Min(values, Provenance.ValuesToTry(json.Length)),
            guideFields.Concat(parityFields).Sum(record => record.KeptWhole),
            guide,
            parity,
            PresetDifference.Between(guideFields, parityFields)
        );
    }
}

internal sealed record LineView(int Depth, string Name, string Value, bool Comma, string Path);

/// <summary>What an event becomes under one preset. Without <see cref="MappingOptions.CheckRules"/> there are no warnings.</summary>
internal sealed record PresetView(
    string Status,
    string? FilterReason,
    EventError? Error,
    IReadOnlyList<RecordView> Records,
    bool ChecksRules,
    IReadOnlyList<CleverTapWarning> Warnings,
    WebView Web
)
{
    public static (PresetView View, IReadOnlyList<RecordFields> Fields) Of(byte[] json, EventLines lines, MappingOptions options)
    {
        var transformer = new CleverTapTransformer(options);
        TransformResult result = transformer.Transform(json);
        IReadOnlyList<RecordFields> fields = RecordFields.Of(result);
        Provenance provenance = Provenance.Of(lines, Provenance.ValuesToTry(json.Length), transformer, fields);
        return (
            new PresetView(
                result.Status.ToString(),
                result.FilterReason?.ToString(),
                result.Error,
                [.. fields.Select(record => RecordView.Of(record, provenance))],
                options.CheckRules,
                result.Warnings,
                WebView.Of(json, transformer)
            ),
            fields
        );
    }
}

/// <summary>A record: its fields, and the lines of the event without which there would be no such record.</summary>
internal sealed record RecordView(string Title, IReadOnlyList<FieldView> Fields, IReadOnlyList<int> Conditions)
{
    public static RecordView Of(RecordFields record, Provenance provenance) =>
        new(
            record.Title,
            [.. record.Fields.Select(field => new FieldView(field.Key, field.Value, provenance.SourcesOf(record.Key, field.Key)))],
            provenance.ConditionsOf(record.Key)
        );
}

/// <summary>A field, its value as JSON, and the numbers of the lines that it comes from.</summary>
internal sealed record FieldView(string Path, string Value, IReadOnlyList<int> Sources);
