using System.Text;
using Playground.Events;
using Playground.Mapping;
using Playground.Transform;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class ProvenanceTests
{
    private static IEnumerable<TestCaseData> GuideCalls =>
        EventInput
            .Split(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "events.ndjson")))
            .Select(json => new TestCaseData(json).SetArgDisplayNames(EventLabel.Create(json)));

    [TestCase("profileData.Name", "traits.firstName, traits.lastName")]
    [TestCase("profileData.Email", "context.traits.email")]
    [TestCase("profileData.Employed", "traits.employed")]
    [TestCase("profileData.tags", "traits.tags[0], traits.tags[1]")]
    [TestCase("identity", "userId")]
    [TestCase("type", "")]
    public void A_field_comes_from_the_values_that_change_it(string field, string expected) =>
        Assert.That(
            SourcesOf(
                """
                {"type":"identify","userId":"u","anonymousId":"a","traits":{"firstName":"F","lastName":"L","employed":true,"tags":["x","y"]},
                 "context":{"traits":{"email":"e@example.com","firstName":"beaten"}}}
                """,
                field
            ),
            Is.EqualTo(expected)
        );

    [Test]
    public void A_time_comes_from_the_first_of_two_that_say_the_same() =>
        Assert.That(
            SourcesOf(
                """{"type":"track","userId":"u","event":"E","originalTimestamp":"2026-03-02T09:18:30Z","timestamp":"2026-03-02T09:18:30Z"}""",
                "ts"
            ),
            Is.EqualTo("timestamp")
        );

    [Test]
    public void A_value_that_stands_in_for_a_missing_one_is_found()
    {
        const string order = """{"type":"track","userId":"u","event":"Order Completed","properties":{"order_id":"o-1","total":20}}""";
        Assert.That(SourcesOf(order, "evtData.Charged ID"), Is.EqualTo("event, properties.order_id"));
        Assert.That(SourcesOf(order, "evtData.Amount"), Is.EqualTo("event, properties.total"));
    }

    [Test]
    public void It_holds_for_any_options()
    {
        const string twice = """{"type":"identify","userId":"u","traits":{"plan":"a"},"context":{"traits":{"plan":"b"}}}""";
        Assert.That(SourcesOf(twice, "profileData.plan", MappingOptions.Default), Is.EqualTo("traits.plan"));
        Assert.That(SourcesOf(twice, "profileData.plan", MappingOptions.RudderTransformer), Is.EqualTo("context.traits.plan"));
    }

    [Test]
    public void What_only_decides_whether_there_is_a_record_is_told_apart()
    {
        EventDetails view = View("""{"type":"track","userId":"u","event":"E","integrations":{"All":true}}""");
        Assert.That(
            view.Default.Records[0].Conditions.Select(line => view.Lines[line].Path),
            Is.EqualTo(new[] { "type", "integrations.All" })
        );
    }

    [TestCaseSource(nameof(GuideCalls))]
    public void Every_field_of_the_guides_calls_has_a_source_but_for_the_type(byte[] json)
    {
        EventDetails view = EventDetails.Create(0, json, PresetPair.Unchanged);
        foreach (RecordView record in view.Default.Records.Concat(view.RudderTransformer.Records))
        {
            Assert.That(record.Fields.Where(field => field.Sources.Count == 0).Select(field => field.Path), Is.EqualTo(new[] { "type" }));
        }
    }

    [Test]
    public void Only_the_first_values_of_a_large_event_are_tried_and_the_response_says_so()
    {
        string properties = string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"p{i}\":{i}"));
        EventDetails view = View($$$"""{"type":"track","userId":"u","event":"E","properties":{{{{properties}}}}}""");
        Assert.That((view.Values, view.ValuesTried), Is.EqualTo((303, 200)));
        Assert.That(view.Default.Records[0].Fields.Count(field => field.Sources.Count > 0), Is.EqualTo(199));
    }

    [TestCase(2_000, 200)]
    [TestCase(100_000, 41)]
    [TestCase(10_000_000, 1)]
    public void The_larger_an_event_the_fewer_values_are_tried(int bytes, int values) =>
        Assert.That(Provenance.CountValuesToProbe(bytes), Is.EqualTo(values));

    private static string SourcesOf(string json, string field, MappingOptions? options = null)
    {
        EventDetails view = View(json);
        PresetView preset = options == MappingOptions.RudderTransformer ? view.RudderTransformer : view.Default;
        return string.Join(
            ", ",
            preset.Records[0].Fields.Single(candidate => candidate.Path == field).Sources.Select(line => view.Lines[line].Path)
        );
    }

    private static EventDetails View(string json) => EventDetails.Create(0, Encoding.UTF8.GetBytes(json), PresetPair.Unchanged);
}
