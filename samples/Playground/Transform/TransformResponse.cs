using CleverTap.Rudder;
using Playground.Events;
using Playground.Mapping;

namespace Playground.Transform;

/// <summary>A summary of all pasted events and the details of one of them; neither if an option is wrong.</summary>
internal sealed record TransformResponse(IReadOnlyList<EventSummary> Events, EventDetails? Shown, string? OptionError);

internal sealed record EventSummary(string Label, string Status, int Warnings);

/// <summary>The details of an event: its lines, its records under both presets, and their differences.</summary>
internal sealed record EventDetails(
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
    public static EventDetails Create(int index, byte[] json, PresetPair presets)
    {
        EventLines lines = EventLines.Parse(json);
        int values = lines.All.Count(line => line.Kind == EventLineKind.Leaf);
        (PresetView guide, IReadOnlyList<RecordFields> guideFields) = PresetView.Create(json, lines, presets.Default);
        (PresetView parity, IReadOnlyList<RecordFields> parityFields) = PresetView.Create(json, lines, presets.RudderTransformer);
        return new EventDetails(
            index,
            [
                .. lines
                    .All.Take(EventLines.MaxShown)
                    .Select((line, number) => new LineView(line.Depth, line.Name, line.Value, lines.HasComma(number), line.Path)),
            ],
            Math.Max(0, lines.All.Count - EventLines.MaxShown),
            values,
            Math.Min(values, Provenance.CountValuesToProbe(json.Length)),
            guideFields.Concat(parityFields).Sum(record => record.KeptWhole),
            guide,
            parity,
            PresetDifference.Find(guideFields, parityFields)
        );
    }
}

internal sealed record LineView(int Depth, string Name, string Value, bool Comma, string Path);

/// <summary>The result of an event under one preset. Without <see cref="MappingOptions.CheckRules"/>, it has no warnings.</summary>
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
    public static (PresetView View, IReadOnlyList<RecordFields> Fields) Create(byte[] json, EventLines lines, MappingOptions options)
    {
        var transformer = new CleverTapTransformer(options);
        TransformResult result = transformer.Transform(json);
        IReadOnlyList<RecordFields> fields = RecordFields.FromResult(result);
        Provenance provenance = Provenance.Find(lines, Provenance.CountValuesToProbe(json.Length), transformer, fields);
        return (
            new PresetView(
                result.Status.ToString(),
                result.FilterReason?.ToString(),
                result.Error,
                [.. fields.Select(record => RecordView.Create(record, provenance))],
                options.CheckRules,
                result.Warnings,
                WebView.Create(json, transformer)
            ),
            fields
        );
    }
}

/// <summary>A record: its fields, and the lines of the event that only decide whether the record exists.</summary>
internal sealed record RecordView(string Title, IReadOnlyList<FieldView> Fields, IReadOnlyList<int> Conditions)
{
    public static RecordView Create(RecordFields record, Provenance provenance) =>
        new(
            record.Title,
            [.. record.Fields.Select(field => new FieldView(field.Key, field.Value, provenance.GetSources(record.Key, field.Key)))],
            provenance.GetConditions(record.Key)
        );
}

/// <summary>A field, its value as JSON, and the indexes of the lines that it comes from.</summary>
internal sealed record FieldView(string Path, string Value, IReadOnlyList<int> Sources);
