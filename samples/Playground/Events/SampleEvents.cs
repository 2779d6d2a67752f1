using System.Text;
using CleverTap.Rudder;

namespace Playground.Events;

/// <summary>The calls of the destination guide, to begin with: the same file that the Quickstart delivers.</summary>
internal static class SampleEvents
{
    public static void MapSamples(this WebApplication app)
    {
        IReadOnlyList<byte[]> events = EventInput.Split(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "events.ndjson")));
        Sample[] samples = [.. events.Select(json => new Sample(LabelOf(json), Encoding.UTF8.GetString(json)))];
        app.MapGet("/api/samples", () => samples);
    }

    /// <summary>Two calls of one kind differ in what becomes of them.</summary>
    private static string LabelOf(byte[] json)
    {
        TransformResult result = CleverTapTransformer.Default.Transform(json);
        string remark = result.Status switch
        {
            TransformStatus.Mapped when result.Warnings.Count > 0 => $", warns of {string.Join(" and ", result.Warnings.Select(warning => warning.Field).Distinct())}",
            TransformStatus.Mapped => "",
            _ => ", no record",
        };
        return EventLabel.Of(json) + remark;
    }

    internal sealed record Sample(string Label, string Json);
}
