using System.Text;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Validates the rules of mapping options.</summary>
/// <remarks>An error contains the option, the value and what is expected.</remarks>
internal static class MappingRulesValidator
{
    /// <summary>Names by which the mapping finds ids, times and <c>overrideFields</c>.</summary>
    private static readonly HashSet<string> ReservedTraits = new(StringComparer.Ordinal)
    {
        "userId",
        "anonymousId",
        "id",
        "ts",
        "overrideFields",
    };

    /// <summary>Returns the errors of the rules; empty if there are none.</summary>
    public static IEnumerable<string> Validate(MappingOptions options) =>
        [
            .. ValidateEventLists(options),
            .. ValidateRenames(
                nameof(options.RenameEvents),
                options.EventRenames,
                IsReservedEvent,
                "the name of an event that is not CleverTap's own"
            ),
            .. ValidateFieldRules(
                nameof(options.RenameTraits),
                nameof(options.DropTraits),
                options.TraitRules,
                IsReservedTrait,
                "a name other than an id, ts or overrideFields"
            ),
            .. ValidateFieldRules(
                nameof(options.RenameProperties),
                nameof(options.DropProperties),
                options.PropertyRules,
                IsReservedProperty,
                "a name other than ts"
            ),
        ];

    private static IEnumerable<string> ValidateEventLists(MappingOptions options)
    {
        IReadOnlyList<string> allowed = options.AllowEvents ?? [];
        return
        [
            .. FindBlanks(nameof(options.AllowEvents), allowed),
            .. FindBlanks(nameof(options.DenyEvents), options.DenyEvents),
            .. Trim(allowed)
                .Intersect(Trim(options.DenyEvents), StringComparer.Ordinal)
                .Select(name => $"AllowEvents and DenyEvents both contain '{name}': remove it from one of them"),
        ];
    }

    private static IEnumerable<string> ValidateFieldRules(
        string renameOption,
        string dropOption,
        FieldRules rules,
        Func<string, bool> isReserved,
        string expected
    ) =>
        [
            .. ValidateRenames(renameOption, rules.Renames, isReserved, expected),
            .. FindSharedTargets(renameOption, rules.Renames),
            .. FindBlanks(dropOption, rules.Drops.Names),
            .. rules
                .Drops.Names.Where(name => !IsBlank(name))
                .Distinct(StringComparer.Ordinal)
                .Where(rules.Renames.Names.ContainsKey)
                .Select(name => $"{renameOption} and {dropOption} both contain '{name}': remove it from one of them"),
        ];

    private static IEnumerable<string> ValidateRenames(string option, Renames renames, Func<string, bool> isReserved, string expected)
    {
        foreach ((string source, string target) in renames.Names)
        {
            if (IsBlank(source))
            {
                yield return $"{option} has a blank name for '{target}': give the name in the events";
            }
            else if (IsBlank(target))
            {
                yield return $"{option} gives '{source}' a blank name: give the new name";
            }
            else if (isReserved(target))
            {
                yield return $"{option} gives '{source}' the reserved name '{target}': give {expected}";
            }
        }
    }

    private static IEnumerable<string> FindSharedTargets(string option, Renames renames) =>
        from pair in renames.Names
        where !IsBlank(pair.Value)
        group pair by renames.Target(pair.Value) into sources
        where sources.Count() > 1
        let names = string.Join(" and ", sources.Select(pair => $"'{pair.Key}'"))
        select $"{option} gives {names} the same name '{sources.First().Value}': give each a different name";

    private static IEnumerable<string> FindBlanks(string option, IReadOnlyList<string> names) =>
        names.Any(IsBlank) ? [$"{option} has a blank name: give names, or remove it"] : [];

    private static IEnumerable<string> Trim(IEnumerable<string> names) => names.Where(name => !IsBlank(name)).Select(name => name.Trim());

    private static bool IsBlank(string? name) => string.IsNullOrWhiteSpace(name);

    private static bool IsReservedEvent(string name) => CleverTapRules.ReservedEventNames.Contains(name);

    private static bool IsReservedTrait(string name) =>
        ReservedTraits.Contains(name) || CleverTapRules.IdentityNames.Find(Encoding.UTF8.GetBytes(name)) is not null;

    private static bool IsReservedProperty(string name) => TraitMap.Ts.Text.Equals(name);
}
