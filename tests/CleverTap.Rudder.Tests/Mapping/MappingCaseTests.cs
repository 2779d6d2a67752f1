using System.Text.Json;

namespace CleverTap.Rudder.Tests.Mapping;

[TestFixture]
public sealed class MappingCaseTests
{
    private static IEnumerable<TestCaseData> Cases() =>
        MappingCase.All.Select(one => new TestCaseData(one).SetName($"{one.Chapter} - {one.Name}"));

    [TestCaseSource(nameof(Cases))]
    public void Transform_gives_the_result_of_the_case(object data)
    {
        var one = (MappingCase)data;
        JsonElement expected = one.Expected;
        TransformResult result = new CleverTapTransformer(one.Options).Transform(one.Text);

        if (expected.TryGetProperty("records", out JsonElement records))
        {
            ExpectRecords(result, records);
        }
        else if (expected.TryGetProperty("recordsContain", out JsonElement parts))
        {
            ExpectRecordsWith(result, parts);
        }
        else if (expected.TryGetProperty("filtered", out JsonElement reason))
        {
            ExpectFiltered(result, reason.GetString()!);
        }
        else
        {
            ExpectInvalid(result, expected.GetProperty("invalid"));
        }

        if (expected.TryGetProperty("warnings", out JsonElement warnings))
        {
            Assert.That(Spell(result), Is.EquivalentTo(TextsOf(warnings)));
        }

        if (expected.TryGetProperty("warnsOf", out JsonElement some))
        {
            Assert.That(CodesOf(result).Concat(Spell(result)), Is.SupersetOf(TextsOf(some)));
        }
    }

    [Test]
    public void Cases_have_unique_names() => Assert.That(MappingCase.All.Select(one => $"{one.Chapter} - {one.Name}"), Is.Unique);

    [Test]
    public void Cases_exist_for_every_chapter() =>
        Assert.That(
            MappingCase.All.Select(one => one.Chapter).Distinct(),
            Is.EquivalentTo(
                new[]
                {
                    "alias",
                    "consent",
                    "dates",
                    "device-tokens",
                    "dotnet-sdk",
                    "errors",
                    "filtering",
                    "guide",
                    "identify-customs",
                    "identify-formats",
                    "identify-name",
                    "identify-table",
                    "identity",
                    "messaging-flags",
                    "nested-values",
                    "numbers",
                    "order-completed",
                    "page-screen",
                    "rules",
                    "stringification",
                    "timestamps",
                    "track",
                    "warnings",
                }
            )
        );

    private static void ExpectRecords(TransformResult result, JsonElement records)
    {
        Assert.That(result.Status, Is.EqualTo(TransformStatus.Mapped), result.Error?.Message);
        string actual = $"[{string.Join(",", result.Records.Select(record => record.ToJson()))}]";
        Assert.That(CanonicalJson.Of(actual), Is.EqualTo(CanonicalJson.Of(records.GetRawText())));
    }

    private static void ExpectRecordsWith(TransformResult result, JsonElement parts)
    {
        Assert.That(result.Status, Is.EqualTo(TransformStatus.Mapped), result.Error?.Message);
        Assert.That(result.Records, Has.Count.EqualTo(parts.GetArrayLength()));
        foreach ((CleverTapRecord record, JsonElement part) in result.Records.Zip(parts.EnumerateArray()))
        {
            ExpectPart(record.ToJsonElement(), part, "record");
        }
    }

    private static void ExpectPart(JsonElement whole, JsonElement part, string path)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            Assert.That(CanonicalJson.Of(whole.GetRawText()), Is.EqualTo(CanonicalJson.Of(part.GetRawText())), path);
            return;
        }

        foreach (JsonProperty member in part.EnumerateObject())
        {
            Assert.That(
                whole.TryGetProperty(member.Name, out JsonElement inner),
                Is.True,
                $"{path} has no {member.Name}: {whole.GetRawText()}"
            );
            ExpectPart(inner, member.Value, $"{path}.{member.Name}");
        }
    }

    private static void ExpectFiltered(TransformResult result, string reason)
    {
        Assert.That(result.Status, Is.EqualTo(TransformStatus.Filtered), result.ToString());
        Assert.That(result.FilterReason.ToString(), Is.EqualTo(reason));
        Assert.That(result.Records, Is.Empty);
        Assert.That(result.Error, Is.Null);
    }

    private static void ExpectInvalid(TransformResult result, JsonElement invalid)
    {
        Assert.That(
            result.Status,
            Is.EqualTo(TransformStatus.Invalid),
            string.Join("\n", result.Records.Select(record => record.ToJson()))
        );
        EventError error = result.Error!;
        Assert.That(error.Code.ToString(), Is.EqualTo(invalid.GetProperty("code").GetString()), error.Message);
        Assert.That(error.Message, Is.Not.Empty);
        if (invalid.TryGetProperty("field", out JsonElement field))
        {
            Assert.That(error.Field, Is.EqualTo(field.GetString()));
        }

        if (invalid.TryGetProperty("message", out JsonElement message))
        {
            Assert.That(error.Message, Is.EqualTo(message.GetString()));
        }

        Assert.That(result.Records, Is.Empty);
        Assert.That(result.FilterReason, Is.Null);
    }

    private static IEnumerable<string> CodesOf(TransformResult result) => result.Warnings.Select(warning => warning.Code.ToString());

    private static IEnumerable<string> Spell(TransformResult result) =>
        result.Warnings.Select(warning => $"{warning.Code} {warning.Field}");

    private static IEnumerable<string> TextsOf(JsonElement list) => list.EnumerateArray().Select(text => text.GetString()!);
}
