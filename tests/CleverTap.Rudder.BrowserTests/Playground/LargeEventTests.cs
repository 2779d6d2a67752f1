using System.Text;
using System.Text.Json;
using Playground.Events;
using Playground.Mapping;
using Playground.Transform;

namespace CleverTap.Rudder.BrowserTests.Playground;

/// <summary>Events whose paths are together hundreds of times as large as the event.</summary>
public sealed class LargeEventTests
{
    private const int MaxResponseBytes = 64 * 1024 * 1024;
    private const long MaxAllocatedBytes = 400L * 1024 * 1024;

    public static IEnumerable<TestCaseData> Events()
    {
        string name = new('n', 15_000);
        string deep = string.Concat(Enumerable.Repeat($"{{\"{name}\":", 60)) + "1" + new string('}', 60);
        yield return CreateCase("long names, nested", deep);

        string shorter = new('n', 900);
        string deeper = string.Concat(Enumerable.Repeat($"{{\"{shorter}\":", 950)) + "1" + new string('}', 950);
        yield return CreateCase("long names, nested deeper than an event may be", deeper);

        string longest = new('n', 500);
        yield return CreateCase(
            "many values under a long name",
            $$"""{"{{longest}}":[{{string.Join(',', Enumerable.Repeat("1", 400_000))}}]}"""
        );

        string nested = string.Concat(Enumerable.Repeat("[", 50)) + string.Join(',', Enumerable.Repeat("1", 400_000)) + new string(']', 50);
        yield return CreateCase("many values, nested deeply", $$"""{"list":{{nested}} }""");

        static TestCaseData CreateCase(string name, string traits) =>
            new TestCaseData(Encoding.UTF8.GetBytes($$"""{"type":"identify","userId":"u","traits":{{traits}} }""")).SetArgDisplayNames(
                name
            );
    }

    [TestCaseSource(nameof(Events))]
    public void Response_to_a_large_event_has_a_limited_size(byte[] json)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        EventDetails view = EventDetails.Create(0, json, PresetPair.Unchanged);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MaxAllocatedBytes));
        Assert.That(JsonSerializer.SerializeToUtf8Bytes(view), Has.Length.LessThan(MaxResponseBytes));
    }

    [Test]
    public void FlatRecord_keeps_large_values_as_one_field_and_counts_them()
    {
        string values = string.Join(',', Enumerable.Repeat("1", 100_000));
        string name = new('n', 100);
        using JsonDocument record = JsonDocument.Parse($$$"""{"evtData":{"{{{name}}}":[{{{values}}}],"plan":"pro","list":[1,{"a":2}]} }""");

        var flat = new FlatRecord(record.RootElement);

        Assert.That(flat.KeptWhole, Is.EqualTo(1));
        Assert.That(flat.Fields.Keys, Is.EqualTo(new[] { $"evtData.{name}", "evtData.plan", "evtData.list[0]", "evtData.list[1].a" }));
        Assert.That(flat.Fields[$"evtData.{name}"], Is.EqualTo($"[{values}]"));
    }

    [Test]
    public void Usual_event_is_taken_apart_as_a_whole() =>
        Assert.That(View("""{"type":"identify","userId":"u","traits":{"a":{"b":[{"c":1}]}}}""").ValuesKeptWhole, Is.Zero);

    [Test]
    public void Long_path_of_a_line_is_cut_and_says_so()
    {
        string name = new('n', 600);

        EventLines lines = EventLines.Parse(Encoding.UTF8.GetBytes($$$"""{"{{{name}}}":{"{{{name}}}":{"a":1} } }"""));

        Assert.That(lines.All.Select(line => line.Path.Length), Is.All.LessThan(1100));
        Assert.That(lines.All.Where(line => line.Name == "\"a\"").Select(line => line.Path), Is.EqualTo(new[] { $"{name}….a" }));
    }

    private static EventDetails View(string json) => EventDetails.Create(0, Encoding.UTF8.GetBytes(json), PresetPair.Unchanged);
}
