using System.Net;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder.Tests.House;

public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
    private static readonly string Compiled = Code("House", "*Snippets.cs");
    private static readonly string RecipeTests = Code("Recipes", "*Recipes.cs");

    private static readonly string Migration = File.ReadAllText(Path.Combine(Repository.Root, "src", "CleverTap.Rudder", "MIGRATING.md"));
    private static readonly string RecipePage = File.ReadAllText(Path.Combine(Repository.Root, "src", "CleverTap.Rudder", "RECIPES.md"));

    public static IEnumerable<string> Snippets() =>
        CSharpBlocks().Matches(Readme + Migration).Select(match => Trimmed(match.Groups[1].Value));

    /// <summary>The code of the recipes, and their configuration.</summary>
    public static IEnumerable<string> Recipes() => CodeBlocks().Matches(RecipePage).Select(match => Trimmed(match.Groups[1].Value));

    /// <summary>The examples in the documentation comments of the core.</summary>
    public static IEnumerable<string> Examples() =>
        from file in Directory.GetFiles(Path.Combine(Repository.Root, "src", "CleverTap.Rudder"), "*.cs", SearchOption.AllDirectories)
        from Match code in CodeElements().Matches(File.ReadAllText(file))
        select Trimmed(WebUtility.HtmlDecode(CommentMark().Replace(code.Groups[1].Value, "")));

    [TestCaseSource(nameof(Snippets))]
    [TestCaseSource(nameof(Examples))]
    public void A_snippet_is_compiled_and_run(string snippet) => Assert.That(Compiled, Does.Contain(snippet));

    [TestCaseSource(nameof(Recipes))]
    public void A_recipe_is_compiled_and_run(string recipe) => Assert.That(RecipeTests, Does.Contain(recipe));

    [Test]
    public void Every_mapping_option_is_in_the_table_with_the_values_that_the_presets_have()
    {
        foreach (
            System.Reflection.PropertyInfo option in typeof(MappingOptions)
                .GetProperties()
                .Where(property => property.GetMethod is { IsStatic: false } && property.Name != "EqualityContract")
        )
        {
            Match row = Regex.Match(Readme, $@"^\|[^|]*`{option.Name}`[^|]*\|([^|]*)\|([^|]*)\|", RegexOptions.Multiline);
            Assert.That(row.Success, option.Name);
            Assert.That(
                Value(row.Groups[1].Value, option.PropertyType),
                Is.EqualTo(option.GetValue(MappingOptions.Default)),
                $"{option.Name} in Default"
            );
            Assert.That(
                Value(row.Groups[2].Value, option.PropertyType),
                Is.EqualTo(option.GetValue(MappingOptions.RudderTransformer)),
                $"{option.Name} in RudderTransformer"
            );
        }
    }

    [Test]
    public void Every_option_in_which_the_presets_differ_has_its_row_in_the_migration_page_and_no_other_has_one()
    {
        IEnumerable<string> rows = Regex.Matches(Migration, @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(row => row.Groups[1].Value);

        Assert.That(
            rows,
            Is.EquivalentTo(
                typeof(MappingOptions)
                    .GetProperties()
                    .Where(option => option.GetMethod is { IsStatic: false } && option.Name != "EqualityContract")
                    .Where(option => !Equals(option.GetValue(MappingOptions.Default), option.GetValue(MappingOptions.RudderTransformer)))
                    .Select(option => option.Name)
            )
        );
    }

    [Test]
    public void Every_error_code_warning_and_reason_has_its_line_of_advice()
    {
        string advice = Readme[Readme.IndexOf("## Troubleshooting", StringComparison.Ordinal)..];

        foreach (
            string name in Enum.GetNames<EventErrorCode>().Concat(Enum.GetNames<FilterReason>()).Concat(Enum.GetNames<UndeliveredReason>())
        )
        {
            Assert.That(advice, Does.Contain($"`{name}`"));
        }
    }

    [Test]
    public void Every_delivery_option_is_in_the_table()
    {
        foreach (
            System.Reflection.PropertyInfo option in typeof(CleverTapOptions)
                .GetProperties()
                .Concat(typeof(BackgroundDeliveryOptions).GetProperties())
                .Concat(typeof(RudderTransformerOptions).GetProperties())
                .Concat(typeof(SqliteOutboxOptions).GetProperties())
                .Concat(typeof(KafkaConsumerOptions).GetProperties())
        )
        {
            Assert.That(Readme, Does.Contain($"`{option.Name}`"));
        }
    }

    private static object? Value(string cell, Type type)
    {
        string first = cell.Trim().TrimStart('`').Split([' ', ':', ';', ',', '`', '|'])[0];
        if (type == typeof(bool))
        {
            return first == "on" ? true
                : first == "off" ? false
                : throw new AssertionException($"neither on nor off: {cell}");
        }

        if (type == typeof(int))
        {
            return cell.Contains("1 MiB", StringComparison.Ordinal) ? 1024 * 1024 : throw new AssertionException(cell);
        }

        if (type == typeof(CallMappers))
        {
            return first == "built-in" ? CallMappers.Default : throw new AssertionException(cell);
        }

        if (first == "null")
        {
            return null;
        }

        if (first == "empty")
        {
            return Array.Empty<object>();
        }

        return Enum.Parse(type, first);
    }

    private static string Code(string folder, string files)
    {
        string path = Path.Combine(Repository.Root, "tests", "CleverTap.Rudder.Tests", folder);
        return Trimmed(string.Join('\n', Directory.GetFiles(path, files).Select(File.ReadAllText)));
    }

    private static string Trimmed(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex("<code>\\s*\\n(.*?)</code>", RegexOptions.Singleline)]
    private static partial Regex CodeElements();

    [GeneratedRegex("^ *///", RegexOptions.Multiline)]
    private static partial Regex CommentMark();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlocks();

    [GeneratedRegex("^```[a-z]+\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();
}
