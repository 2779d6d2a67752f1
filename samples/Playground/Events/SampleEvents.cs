using System.Text;
using CleverTap.Rudder;

namespace Playground.Events;

/// <summary>The samples of the page: the calls of the guide, and calls that show warnings and options.</summary>
internal static class SampleEvents
{
    private const string GuideCalls = "The guide's calls";
    private const string Pitfalls = "Pitfalls";

    public static void MapSamples(this WebApplication app)
    {
        Sample[] samples = [.. Read("events.ndjson", GuideCalls), .. Read("warnings.ndjson", Pitfalls)];
        app.MapGet("/api/samples", () => samples);
    }

    private static IEnumerable<Sample> Read(string file, string group) =>
        EventInput
            .Split(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)))
            .Select(json => new Sample(group, CreateLabel(json), Encoding.UTF8.GetString(json)));

    /// <summary>Creates a label with the result, which distinguishes samples of one kind of call.</summary>
    private static string CreateLabel(byte[] json)
    {
        TransformResult result = CleverTapTransformer.Default.Transform(json);
        string remark = result.Status switch
        {
            TransformStatus.Mapped when result.Warnings.Count > 0 =>
                $", warns of {string.Join(" and ", result.Warnings.Select(warning => warning.Field).Distinct())}",
            TransformStatus.Mapped => "",
            _ => ", no record",
        };
        return EventLabel.Create(json) + remark;
    }

    internal sealed record Sample(string Group, string Label, string Json);
}
