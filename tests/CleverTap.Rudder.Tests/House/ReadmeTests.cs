using System.Text.RegularExpressions;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The tables of the package READMEs have every option, with its values, and every outcome.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = Page.Get("src/CleverTap.Rudder/README.md").Text;
    private static readonly string Migration = Page.Get("src/CleverTap.Rudder/MIGRATING.md").Text;

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

    [TestCase("CleverTap.Rudder", typeof(CleverTapOptions))]
    [TestCase("CleverTap.Rudder", typeof(BackgroundDeliveryOptions))]
    [TestCase("CleverTap.Rudder", typeof(RudderTransformerOptions))]
    [TestCase("CleverTap.Rudder.Sqlite", typeof(SqliteOutboxOptions))]
    [TestCase("CleverTap.Rudder.Kafka", typeof(KafkaConsumerOptions))]
    [TestCase("CleverTap.Rudder.AspNetCore", typeof(CleverTapWebOptions))]
    [TestCase("CleverTap.Rudder.AspNetCore", typeof(RudderEventsOptions))]
    [TestCase("CleverTap.Rudder.Testing", typeof(CleverTapEmulatorOptions))]
    public void Every_option_has_its_row_in_the_readme_of_its_package(string package, Type options)
    {
        string readme = Page.Get($"src/{package}/README.md").Text;

        IEnumerable<string> missing = options
            .GetProperties()
            .Select(option => option.Name)
            .Where(name => !Regex.IsMatch(readme, $@"^\|[^|]*`{name}`[^|]*\|", RegexOptions.Multiline));

        Assert.That(missing, Is.Empty);
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
}
