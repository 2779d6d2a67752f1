using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>What is wrong with the rules of mapping options. A text names the option, the value and what is expected.</summary>
internal static class RuleErrors
{
    /// <summary>Names by which the mapping finds ids, times and the fields of <c>overrideFields</c>.</summary>
    private static readonly HashSet<string> ReservedTraits = new(StringComparer.Ordinal)
    {
        "userId",
        "anonymousId",
        "id",
        "ts",
        "overrideFields",
    };

    public static IEnumerable<string> Of(MappingOptions options) =>
        [
            .. OfEventLists(options),
            .. OfRenames(
                nameof(options.RenameEvents),
                options.EventRenames,
                IsReservedEvent,
                "the name of an event that is not CleverTap's own"
            ),
            .. OfFields(
                nameof(options.RenameTraits),
                nameof(options.DropTraits),
                options.TraitRules,
                IsReservedTrait,
                "a name that is no id, ts or overrideFields"
            ),
            .. OfFields(
                nameof(options.RenameProperties),
                nameof(options.DropProperties),
                options.PropertyRules,
                IsReservedProperty,
                "another name than ts"
            ),
        ];

    private static IEnumerable<string> OfEventLists(MappingOptions options)
    {
        IReadOnlyList<string> allowed = options.AllowEvents ?? [];
        return
        [
            .. OfBlanks(nameof(options.AllowEvents), allowed),
            .. OfBlanks(nameof(options.DenyEvents), options.DenyEvents),
            .. Trimmed(allowed)
                .Intersect(Trimmed(options.DenyEvents), StringComparer.Ordinal)
                .Select(name => $"AllowEvents and DenyEvents both name '{name}': name an event in one of them"),
        ];
    }

    private static IEnumerable<string> OfFields(
        string renameOption,
        string dropOption,
        FieldRules rules,
        Func<string, bool> isReserved,
        string expected
    ) =>
        [
            .. OfRenames(renameOption, rules.Renames, isReserved, expected),
            .. OfSharedTargets(renameOption, rules.Renames),
            .. OfBlanks(dropOption, rules.Drops.Names),
            .. rules
                .Drops.Names.Where(name => !IsBlank(name))
                .Distinct(StringComparer.Ordinal)
                .Where(rules.Renames.Names.ContainsKey)
                .Select(name => $"{renameOption} and {dropOption} both name '{name}': rename it or drop it"),
        ];

    private static IEnumerable<string> OfRenames(string option, Renames renames, Func<string, bool> isReserved, string expected)
    {
        foreach ((string source, string target) in renames.Names)
        {
            if (IsBlank(source))
            {
                yield return $"{option} has a blank name for '{target}': give the name that events have";
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

    private static IEnumerable<string> OfSharedTargets(string option, Renames renames) =>
        from pair in renames.Names
        where !IsBlank(pair.Value)
        group pair by renames.Target(pair.Value) into sources
        where sources.Count() > 1
        select $"{option} gives {string.Join(" and ", sources.Select(pair => $"'{pair.Key}'"))} the same name '{sources.First().Value}': "
            + "give each a name of its own";

    private static IEnumerable<string> OfBlanks(string option, IReadOnlyList<string> names) =>
        names.Any(IsBlank) ? [$"{option} has a blank name: give names, or remove it"] : [];

    private static IEnumerable<string> Trimmed(IEnumerable<string> names) =>
        names.Where(name => !IsBlank(name)).Select(name => name.Trim());

    private static bool IsBlank(string? name) => string.IsNullOrWhiteSpace(name);

    private static bool IsReservedEvent(string name) => CleverTapRules.ReservedEventNames.Contains(name);

    private static bool IsReservedTrait(string name) => ReservedTraits.Contains(name) || IdentityFields.Contains(name);

    private static bool IsReservedProperty(string name) => TraitMap.Ts.Equals(name);
}
