using System.Text;
using System.Text.Json;
using CsCheck;

namespace CleverTap.Rudder.Tests.Mapping;

[TestFixture]
public sealed class TransformPropertyTests
{
    [Test]
    public void Any_JSON_at_all_has_one_named_outcome() => GenJson.Value.Sample(HasOneNamedOutcome, iter: 20_000);

    [Test]
    public void Any_event_has_one_named_outcome() => GenEvent.Text.Sample(HasOneNamedOutcome, iter: 15_000);

    [Test]
    public void Any_damaged_event_has_one_named_outcome() => GenMutation.Bytes.Sample(HasOneNamedOutcome, iter: 30_000, print: Print);

    [Test]
    public void Any_event_comes_out_the_same_by_every_way() => GenEvent.Text.Sample(IsTheSameByEveryWay, iter: 10_000);

    [Test]
    public void Any_damaged_event_comes_out_the_same_by_every_way() =>
        GenMutation.Bytes.Sample(IsTheSameByEveryWay, iter: 10_000, print: Print);

    [Test]
    public void Random_events_reach_every_outcome()
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
    public void Custom_trait_names_follow_the_platform_s_snake_case() =>
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

    private static void HasOneNamedOutcome(string text)
    {
        foreach (CleverTapTransformer transformer in Invariants.Transformers)
        {
            Invariants.HasOneNamedOutcome(transformer.Transform(text));
        }
    }

    private static void HasOneNamedOutcome(byte[] utf8)
    {
        foreach (CleverTapTransformer transformer in Invariants.Transformers)
        {
            Invariants.HasOneNamedOutcome(transformer.Transform(utf8));
        }
    }

    private static void IsTheSameByEveryWay(string text) => IsTheSameByEveryWay(Encoding.UTF8.GetBytes(text));

    private static void IsTheSameByEveryWay(byte[] utf8)
    {
        foreach (CleverTapTransformer transformer in Invariants.Transformers)
        {
            Invariants.IsTheSameByEveryWay(transformer, utf8);
        }
    }

    private static string Print(byte[] utf8) => $"{Encoding.UTF8.GetString(utf8)} ({Convert.ToHexString(utf8)})";
}
