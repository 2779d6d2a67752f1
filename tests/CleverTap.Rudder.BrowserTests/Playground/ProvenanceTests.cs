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
    public void Provenance_finds_the_values_that_change_a_field(string field, string expected) =>
        Assert.That(
            GetSources(
                """
                {"type":"identify","userId":"u","anonymousId":"a","traits":{"firstName":"F","lastName":"L","employed":true,"tags":["x","y"]},
                 "context":{"traits":{"email":"e@example.com","firstName":"beaten"}}}
                """,
                field
            ),
            Is.EqualTo(expected)
        );

    [Test]
    public void Provenance_finds_the_preferred_one_of_two_equal_times() =>
        Assert.That(
            GetSources(
                """{"type":"track","userId":"u","event":"E","originalTimestamp":"2026-03-02T09:18:30Z","timestamp":"2026-03-02T09:18:30Z"}""",
                "ts"
            ),
            Is.EqualTo("timestamp")
        );

    [Test]
    public void Provenance_finds_fallback_values()
    {
        const string order = """{"type":"track","userId":"u","event":"Order Completed","properties":{"order_id":"o-1","total":20}}""";
        Assert.That(GetSources(order, "evtData.Charged ID"), Is.EqualTo("event, properties.order_id"));
        Assert.That(GetSources(order, "evtData.Amount"), Is.EqualTo("event, properties.total"));
    }

    [Test]
    public void Provenance_depends_on_the_options()
    {
        const string twice = """{"type":"identify","userId":"u","traits":{"plan":"a"},"context":{"traits":{"plan":"b"}}}""";
        Assert.That(GetSources(twice, "profileData.plan", MappingOptions.Default), Is.EqualTo("traits.plan"));
        Assert.That(GetSources(twice, "profileData.plan", MappingOptions.RudderTransformer), Is.EqualTo("context.traits.plan"));
    }

    [Test]
    public void Provenance_separates_values_that_only_decide_whether_a_record_exists()
    {
        EventDetails view = GetDetails("""{"type":"track","userId":"u","event":"E","integrations":{"All":true}}""");
        Assert.That(
            view.Default.Records[0].Conditions.Select(line => view.Lines[line].Path),
            Is.EqualTo(new[] { "type", "integrations.All" })
        );
    }

    [TestCaseSource(nameof(GuideCalls))]
    public void Provenance_finds_a_source_of_every_field_of_the_guide_except_type(byte[] json)
    {
        EventDetails view = EventDetails.Create(0, json, PresetPair.Unchanged);
        foreach (RecordView record in view.Default.Records.Concat(view.RudderTransformer.Records))
        {
            Assert.That(record.Fields.Where(field => field.Sources.Count == 0).Select(field => field.Path), Is.EqualTo(new[] { "type" }));
        }
    }

    [Test]
    public void Provenance_probes_only_the_first_values_of_a_large_event()
    {
        string properties = string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"p{i}\":{i}"));
        EventDetails view = GetDetails($$$"""{"type":"track","userId":"u","event":"E","properties":{{{{properties}}}}}""");
        Assert.That((view.Values, view.ValuesTried), Is.EqualTo((303, 200)));
        Assert.That(view.Default.Records[0].Fields.Count(field => field.Sources.Count > 0), Is.EqualTo(199));
    }

    [TestCase(2_000, 200)]
    [TestCase(100_000, 41)]
    [TestCase(10_000_000, 1)]
    public void Provenance_probes_fewer_values_of_larger_events(int bytes, int values) =>
        Assert.That(Provenance.CountValuesToProbe(bytes), Is.EqualTo(values));

    private static string GetSources(string json, string field, MappingOptions? options = null)
    {
        EventDetails view = GetDetails(json);
        PresetView preset = options == MappingOptions.RudderTransformer ? view.RudderTransformer : view.Default;
        return string.Join(
            ", ",
            preset.Records[0].Fields.Single(candidate => candidate.Path == field).Sources.Select(line => view.Lines[line].Path)
        );
    }

    private static EventDetails GetDetails(string json) => EventDetails.Create(0, Encoding.UTF8.GetBytes(json), PresetPair.Unchanged);
}
