using System.Reflection;
using System.Text;
using CleverTap.Rudder.Tool.Compare;
using CleverTap.Rudder.Tool.Input;

namespace CleverTap.Rudder.Tests.Tool.Compare;

/// <summary><c>compare</c> counts what changes between the presets and names the option that decides it.</summary>
public sealed class ComparisonTests
{
    [TestCase(
        """{"type":"track","userId":"u","event":"e","timestamp":"2026-01-01T00:00:00Z"}""",
        "Added event ts  > 1767225600 by Timestamps"
    )]
    [TestCase(
        """{"type":"identify","userId":"u","traits":{"favouriteColour":"red"}}""",
        """Renamed profile favouriteColour → favourite_colour "red" > "red" by TraitNaming"""
    )]
    [TestCase(
        """{"type":"identify","userId":"u","traits":{"birthday":"1990-04-01"}}""",
        """Changed profile DOB "1990-04-01" > "$D_638928000" by ConvertBirthday"""
    )]
    [TestCase(
        """{"type":"track","anonymousId":"a","event":"e"}""",
        "OnlyDefault  invalid: UserIdMissing invalid: UserIdMissing > mapped by TrackAnonymous"
    )]
    [TestCase(
        """{"type":"track","userId":"u","event":"e","integrations":{"All":false}}""",
        "OnlyRudderTransformer  filtered: Integrations mapped > filtered: Integrations by HonorIntegrations"
    )]
    [TestCase("""{"type":"track","userId":"u","event":"e","properties":{"a":null}}""", "Removed event a null >  by OmitNullProperties")]
    [TestCase(
        """{"type":"page","userId":"u","name":"A & B"}""",
        """Changed event evtName "Web Page Viewed: A &amp; B" > "Web Page Viewed: A & B" by EscapeViewNames"""
    )]
    public void Difference_is_named_with_its_option(string json, string expected)
    {
        Comparison comparison = Compare(json, json);

        CountedDifference difference = comparison.Differences.Single();
        Assert.That(
            $"{difference.Key.Kind} {difference.Key.Record} {difference.Key.Field} {difference.Before} > {difference.After} by {difference.Option}",
            Is.EqualTo(expected)
        );
        Assert.That((difference.Count, difference.Line, comparison.Same), Is.EqualTo((2, 1, 0)));
    }

    [Test]
    public void Events_without_a_difference_are_counted_as_the_same()
    {
        Comparison comparison = Compare("""{"type":"track","userId":"u","event":"e"}""", """{"type":"group"}""", "{broken");

        Assert.That((comparison.Events, comparison.Same), Is.EqualTo((3, 2)));
        Assert.That(comparison.Differences.Single().Key.Kind, Is.EqualTo(DifferenceKind.Reason));
    }

    [Test]
    public void Preset_options_are_the_members_in_which_the_presets_differ()
    {
        string[] different =
        [
            .. typeof(MappingOptions)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(member =>
                    !Equals(member.GetValue(MappingOptions.Default), member.GetValue(MappingOptions.RudderTransformer))
                    && (member.PropertyType.IsValueType || member.PropertyType == typeof(string))
                )
                .Select(member => member.Name),
        ];

        Assert.That(PresetOptions.All.Select(option => option.Name), Is.EquivalentTo(different));
        foreach ((string name, PresetOptions.Copy copy) in PresetOptions.All)
        {
            PropertyInfo member = typeof(MappingOptions).GetProperty(name)!;
            MappingOptions copied = copy(MappingOptions.RudderTransformer, MappingOptions.Default);
            Assert.That(member.GetValue(copied), Is.EqualTo(member.GetValue(MappingOptions.RudderTransformer)), name);
        }
    }

    [Test]
    public async Task Page_is_self_contained_and_encodes_values()
    {
        string path = Path.GetTempFileName();

        ToolRun run = await ToolRun.FeedLinesAsync(
            ["""{"type":"identify","userId":"u","traits":{"birthday":"1990-04-01","<b>x":"<script>"}}"""],
            "compare",
            "--html",
            path
        );

        string page = await File.ReadAllTextAsync(path);
        File.Delete(path);
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
        Assert.That(run.Output, Does.StartWith("1 events: 0 stay the same, 1 change.\n"));
        Assert.That(page, Does.Contain("<td>ConvertBirthday</td>").And.Not.Contain("<script").And.Not.Contain("http"));
    }

    [Test]
    public async Task Names_cannot_control_the_terminal()
    {
        ToolRun run = await ToolRun.FeedLinesAsync(["""{"type":"identify","userId":"u","traits":{"Esc\u001b[31m":"x"}}"""], "compare");

        Assert.That(run.Output, Does.Contain("Esc [31m").And.Not.Contain("\u001b"));
    }

    private static Comparison Compare(params string[] lines)
    {
        var comparison = new Comparison(MappingOptions.RudderTransformer, MappingOptions.Default);
        for (int i = 0; i < lines.Length; i++)
        {
            comparison.Add(new InputLine(i, i + 1, Encoding.UTF8.GetBytes(lines[i]), null, null));
        }

        return comparison;
    }
}
