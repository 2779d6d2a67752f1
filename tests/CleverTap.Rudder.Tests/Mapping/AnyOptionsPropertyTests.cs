using System.Reflection;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Checks conditions that are true for every event with every combination of options.</summary>
[TestFixture]
public sealed class AnyOptionsPropertyTests
{
    private static readonly Gen<byte[]> Original = Gen.OneOf(
        MappingCase.All.Select(one => one.Text).Distinct().Select(Encoding.UTF8.GetBytes).ToArray()
    );

    private static readonly Gen<byte[]> Event = Gen.Frequency(
        (4, GenEvent.Text.Select(Encoding.UTF8.GetBytes)),
        (4, Original),
        (2, GenMutation.Bytes)
    );

    private static readonly Gen<(MappingOptions Options, byte[] Utf8)> Anything = Gen.Select(GenOptions.Options, Event);

    [Test]
    public void Option_generator_covers_every_mapping_option()
    {
        PropertyInfo[] options = typeof(MappingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);

        Assert.That(GenOptions.MemberNames, Is.EquivalentTo(options.Select(option => option.Name)));
    }

    [Test]
    public void Transform_gives_one_outcome_and_valid_records_with_any_options() =>
        Anything.Sample(
            pair =>
            {
                TransformResult result = new CleverTapTransformer(pair.Options).Transform(pair.Utf8);
                Invariants.HasOneOutcome(result);
                foreach (CleverTapRecord record in result.Records)
                {
                    ReadThrough(record.Utf8Json.Span);
                }
            },
            iter: 20_000,
            print: Print
        );

    [Test]
    public void Transform_gives_equal_results_by_every_overload_with_any_options() =>
        Anything.Sample(
            pair =>
            {
                // The size of an event object is computed differently from the size of its JSON.
                MappingOptions options = pair.Options with
                {
                    MaxEventBytes = MappingOptions.DefaultMaxEventBytes,
                };
                Invariants.GivesEqualResultsByEveryOverload(new CleverTapTransformer(options), pair.Utf8);
            },
            iter: 20_000,
            print: Print
        );

    [Test]
    public void TransformForWeb_gives_valid_calls_with_any_options() =>
        Anything.Sample(
            pair =>
            {
                if (!RudderEvent.TryRead(pair.Utf8, out RudderEvent? rudderEvent, out _))
                {
                    return;
                }

                WebTransformResult result = new CleverTapTransformer(pair.Options).TransformForWeb(rudderEvent);
                foreach (WebCall call in result.Calls)
                {
                    ReadThrough(call.Utf8Json.Span);
                }
            },
            iter: 20_000,
            print: Print
        );

    private static void ReadThrough(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = 1000 });
        while (reader.Read()) { }
    }

    private static string Print((MappingOptions Options, byte[] Utf8) pair) =>
        $"{Encoding.UTF8.GetString(pair.Utf8)} ({Convert.ToHexString(pair.Utf8)}) with {pair.Options} "
        + $"dates [{string.Join(",", pair.Options.DateFields)}] {RulesOf(pair.Options)}";

    private static string RulesOf(MappingOptions options) =>
        $"allow [{(options.AllowEvents is { } allowed ? string.Join(",", allowed) : "all")}] deny [{string.Join(",", options.DenyEvents)}] "
        + $"drop [{string.Join(",", options.DropTraits)}] [{string.Join(",", options.DropProperties)}] "
        + $"rename {string.Join(",", options.RenameEvents)} {string.Join(",", options.RenameTraits)} "
        + string.Join(",", options.RenameProperties);
}
