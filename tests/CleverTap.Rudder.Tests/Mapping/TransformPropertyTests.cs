using System.Text;
using System.Text.Json;
using CsCheck;

namespace CleverTap.Rudder.Tests.Mapping;

[TestFixture]
public sealed class TransformPropertyTests
{
    [Test]
    public void Transform_gives_one_outcome_for_any_JSON() => GenJson.Value.Sample(HasOneOutcome, iter: 20_000);

    [Test]
    public void Transform_gives_one_outcome_for_any_event() => GenEvent.Text.Sample(HasOneOutcome, iter: 15_000);

    [Test]
    public void Transform_gives_one_outcome_for_any_damaged_event() => GenMutation.Bytes.Sample(HasOneOutcome, iter: 30_000, print: Print);

    [Test]
    public void Transform_gives_equal_results_by_every_overload_for_any_event() =>
        GenEvent.Text.Sample(GivesEqualResultsByEveryOverload, iter: 10_000);

    [Test]
    public void Transform_gives_equal_results_by_every_overload_for_any_damaged_event() =>
        GenMutation.Bytes.Sample(GivesEqualResultsByEveryOverload, iter: 10_000, print: Print);

    [Test]
    public void Event_generator_reaches_every_outcome()
    {
        string[] events = GenEvent.Text.Array[5_000].Single();
        TransformResult[] results =
        [
            .. events.SelectMany(text => Invariants.Transformers.Select(transformer => transformer.Transform(text))),
        ];
        Assert.That(results.Select(result => result.Status).Distinct(), Is.EquivalentTo(Enum.GetValues<TransformStatus>()));
        Assert.That(results.SelectMany(result => result.Records).Select(record => record.GetType()).Distinct().Count(), Is.EqualTo(3));
        Assert.That(results.Count(result => result.Status == TransformStatus.Mapped), Is.GreaterThan(results.Length / 10));
    }

    [Test]
    public void SnakeCase_gives_the_same_names_as_JsonNamingPolicy() =>
        Gen.String[Gen.Char["bBcCxX19 _-éÉßñŽ名"], 1, 12]
            .Sample(
                name =>
                {
                    string expected = JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
                    if (expected.Length == 0)
                    {
                        return;
                    }

                    string text = $$"""{"type":"identify","userId":"u1","traits":{ {{JsonSerializer.Serialize(name)}}:true} }""";
                    var profile = (ProfileRecord)CleverTapTransformer.Default.Transform(text).Records.Single();
                    string actual = profile.ProfileData.EnumerateObject().Single().Name;
                    if (actual != expected)
                    {
                        throw new InvalidOperationException($"{name} became {actual} instead of {expected}");
                    }
                },
                iter: 10_000
            );

    private static void HasOneOutcome(string text)
    {
        foreach (CleverTapTransformer transformer in Invariants.Transformers)
        {
            Invariants.HasOneOutcome(transformer.Transform(text));
        }
    }

    private static void HasOneOutcome(byte[] utf8)
    {
        foreach (CleverTapTransformer transformer in Invariants.Transformers)
        {
            Invariants.HasOneOutcome(transformer.Transform(utf8));
        }
    }

    private static void GivesEqualResultsByEveryOverload(string text) => GivesEqualResultsByEveryOverload(Encoding.UTF8.GetBytes(text));

    private static void GivesEqualResultsByEveryOverload(byte[] utf8)
    {
        foreach (CleverTapTransformer transformer in Invariants.Transformers)
        {
            Invariants.GivesEqualResultsByEveryOverload(transformer, utf8);
        }
    }

    private static string Print(byte[] utf8) => $"{Encoding.UTF8.GetString(utf8)} ({Convert.ToHexString(utf8)})";
}
