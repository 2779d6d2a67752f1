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

    /// <summary>Options with several events, because they take longer to generate than an event.</summary>
    private static readonly Gen<(MappingOptions Options, byte[][] Events)> Anything = Gen.Select(GenOptions.Options, Event.Array[4]);

    [Test]
    public void Option_generator_covers_every_mapping_option()
    {
        PropertyInfo[] options = typeof(MappingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);

        Assert.That(GenOptions.MemberNames, Is.EquivalentTo(options.Select(option => option.Name)));
    }

    [Test]
    public void Transform_gives_one_outcome_and_valid_records_with_any_options() =>
        CheckWithAnyOptions(options =>
        {
            var transformer = new CleverTapTransformer(options);
            return utf8 => Invariants.HasOneOutcome(transformer.Transform(utf8));
        });

    [Test]
    public void Transform_gives_equal_results_by_every_overload_with_any_options() =>
        CheckWithAnyOptions(options =>
        {
            // The size of an event object is computed differently from the size of its JSON.
            var transformer = new CleverTapTransformer(options with { MaxEventBytes = MappingOptions.DefaultMaxEventBytes });
            return utf8 => Invariants.GivesEqualResultsByEveryOverload(transformer, utf8);
        });

    [Test]
    public void TransformForWeb_gives_valid_calls_with_any_options() =>
        CheckWithAnyOptions(options =>
        {
            var transformer = new CleverTapTransformer(options);
            return utf8 => AssertValidCalls(transformer, utf8);
        });

    private static void CheckWithAnyOptions(Func<MappingOptions, Action<byte[]>> createCheck) =>
        Anything.Sample(sample => Array.ForEach(sample.Events, createCheck(sample.Options)), iter: 5_000, print: Print);

    private static void AssertValidCalls(CleverTapTransformer transformer, byte[] utf8)
    {
        if (!RudderEvent.TryRead(utf8, out RudderEvent? rudderEvent, out _))
        {
            return;
        }

        foreach (WebCall call in transformer.TransformForWeb(rudderEvent).Calls)
        {
            ReadThrough(call.Utf8Json.Span);
        }
    }

    private static void ReadThrough(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = 1000 });
        while (reader.Read()) { }
    }

    private static string Print((MappingOptions Options, byte[][] Events) sample) =>
        string.Join('\n', sample.Events.Select(utf8 => $"{Encoding.UTF8.GetString(utf8)} ({Convert.ToHexString(utf8)})"))
        + $" with {sample.Options} dates [{string.Join(",", sample.Options.DateFields)}] {RulesOf(sample.Options)}";

    private static string RulesOf(MappingOptions options) =>
        $"allow [{(options.AllowEvents is { } allowed ? string.Join(",", allowed) : "all")}] deny [{string.Join(",", options.DenyEvents)}] "
        + $"drop [{string.Join(",", options.DropTraits)}] [{string.Join(",", options.DropProperties)}] "
        + $"rename {string.Join(",", options.RenameEvents)} {string.Join(",", options.RenameTraits)} "
        + string.Join(",", options.RenameProperties);
}
