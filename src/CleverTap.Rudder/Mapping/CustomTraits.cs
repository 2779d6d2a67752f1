using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>All traits but those of the table: custom attributes of the profile.</summary>
internal static class CustomTraits
{
    public static void Map(MappingRun run, JsonFields profile)
    {
        if (run.Options.TraitPrecedence == TraitPrecedence.ContextTraits)
        {
            SetAll(run.Traits, run.Options, profile);
            SetAll(run.ContextTraits, run.Options, profile);
        }
        else
        {
            int standard = profile.Count;
            SetMissing(run.Traits, run, profile, from: 0, to: 0);
            SetMissing(run.ContextTraits, run, profile, from: standard, to: profile.Count);
        }
    }

    /// <summary>Whether a value stays nested for being an operation on an attribute.</summary>
    public static bool IsKept(JsonValue value, MappingOptions options) => options.KeepOperators && ProfileOperators.IsOperation(value);

    /// <summary>The later bag wins, also with a null.</summary>
    private static void SetAll(JsonFields traits, MappingOptions options, JsonFields profile)
    {
        foreach (ref readonly JsonFields.Field trait in traits.All)
        {
            if (TraitTable.IsCustom(trait.Name) && !trait.Name.IsEmpty) Set(trait, NameOf(trait, options), options, profile);
        }
    }

    /// <summary>
    /// Null is not there. The fields from <paramref name="from"/> to <paramref name="to"/> are of the bag that goes
    /// before, and win; any other two traits that come to one name are a collision, and the later wins.
    /// </summary>
    private static void SetMissing(JsonFields traits, MappingRun run, JsonFields profile, int from, int to)
    {
        foreach (ref readonly JsonFields.Field trait in traits.All)
        {
            if (!TraitTable.IsCustom(trait.Name) || trait.Value.IsNullOrMissing) continue;
            if (trait.Name.IsEmpty)
            {
                run.Warn(WarningCode.EmptyName, "traits", "a trait without a name was left out");
                continue;
            }

            FieldName name = NameOf(trait, run.Options);
            int at = profile.IndexOf(name);
            if (at >= from && at < to) continue;
            if (at >= 0) run.Warn(WarningCode.NameCollision, name.ToString(), "two traits come to this name; the later one was sent");
            Set(trait, name, run.Options, profile);
        }
    }

    private static void Set(in JsonFields.Field trait, FieldName name, MappingOptions options, JsonFields profile) =>
        profile.Set(name, trait.Value, IsKept(trait.Value, options));

    private static FieldName NameOf(in JsonFields.Field trait, MappingOptions options) =>
        options.TraitNaming == TraitNaming.SnakeCase ? SnakeCase.Of(trait.Name) : trait.Name;
}
