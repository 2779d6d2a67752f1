using System.Globalization;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Compare;

/// <summary>The tables of a report, for the screen and for a page.</summary>
internal static class ComparisonTables
{
    private const int MaxField = 100;

    public static readonly string[] FieldHeaders =
    [
        "events",
        "change",
        "record",
        "field",
        "decided by",
        "RudderTransformer",
        "Default",
        "line",
    ];

    public static readonly string[] EventHeaders = ["events", "change", "RudderTransformer", "Default", "decided by", "line"];

    /// <summary>The result in one sentence.</summary>
    public static string Summarize(Comparison comparison)
    {
        long differing = comparison.Events - comparison.Same - comparison.Unreadable;
        string unreadable = comparison.Unreadable == 0 ? "" : $", {comparison.Unreadable:N0} cannot be read";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Events:N0} events: {comparison.Same:N0} stay the same, {differing:N0} change{unreadable}."
        );
    }

    public static IEnumerable<string[]> FieldRows(Comparison comparison) =>
        comparison
            .Differences.Where(difference => !difference.IsOfEvent)
            .Select(difference =>
                new[]
                {
                    Format(difference.Count),
                    NameOf(difference.Key.Kind),
                    difference.Key.Record,
                    difference.Key.Field.Length > 0 ? Printable.Shorten(difference.Key.Field, MaxField) : "the whole record",
                    difference.Option,
                    difference.Before,
                    difference.After,
                    Format(difference.Line),
                }
            );

    public static IEnumerable<string[]> EventRows(Comparison comparison) =>
        comparison
            .Differences.Where(difference => difference.IsOfEvent)
            .Select(difference =>
                new[]
                {
                    Format(difference.Count),
                    NameOf(difference.Key.Kind),
                    difference.Before,
                    difference.After,
                    difference.Option,
                    Format(difference.Line),
                }
            );

    public static string NameOf(DifferenceKind kind) =>
        kind switch
        {
            DifferenceKind.OnlyDefault => "only Default maps it",
            DifferenceKind.OnlyRudderTransformer => "only RudderTransformer maps it",
            DifferenceKind.Reason => "another reason",
            _ => kind.ToString().ToLowerInvariant(),
        };

    private static string Format(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
