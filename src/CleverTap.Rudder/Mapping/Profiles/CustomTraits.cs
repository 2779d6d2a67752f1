using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>All traits but those of the table: custom attributes of the profile.</summary>
internal static class CustomTraits
{
    /// <summary>Adds the custom traits to a profile.</summary>
    /// <param name="run">The mapping under way, with both bags of traits and the user id.</param>
    /// <param name="profile">The fields of the profile.</param>
    public static void Map(MappingContext run, JsonFields profile)
    {
        if (run.Options.TraitPrecedence == TraitPrecedence.ContextTraits)
        {
            SetAll(run.Traits, run, profile);
            SetAll(run.ContextTraits, run, profile);
        }
        else
        {
            int standard = profile.Count;
            SetMissing(run.Traits, run, profile, from: 0, to: 0);
            SetMissing(run.ContextTraits, run, profile, from: standard, to: profile.Count);
        }
    }

    /// <summary>Whether a value stays nested because it is an operation on an attribute.</summary>
    public static bool IsOperation(JsonSlice value, MappingOptions options) => options.KeepOperators && ProfileOperators.IsOperation(value);

    /// <summary>The later bag wins, also with a null.</summary>
    private static void SetAll(JsonFields traits, MappingContext run, JsonFields profile)
    {
        foreach (ref readonly JsonFields.Field trait in traits.All)
        {
            if (TraitMap.IsCustom(trait.Name) && !trait.Name.IsEmpty)
            {
                Set(trait, NameOf(trait, run.Options), run, profile);
            }
        }
    }

    /// <summary>
    /// Null is not there. The fields from <paramref name="from"/> to <paramref name="to"/> are of the bag that goes
    /// before, and win; any other two traits that come to one name are a collision, and the later wins.
    /// </summary>
    private static void SetMissing(JsonFields traits, MappingContext run, JsonFields profile, int from, int to)
    {
        foreach (ref readonly JsonFields.Field trait in traits.All)
        {
            if (!TraitMap.IsCustom(trait.Name) || trait.Value.IsNullOrMissing)
            {
                continue;
            }

            if (trait.Name.IsEmpty)
            {
                run.Warn(WarningCode.EmptyName, "traits", "a trait without a name was left out; name the trait");
                continue;
            }

            FieldName name = NameOf(trait, run.Options);
            int index = profile.IndexOf(name);
            if (index >= from && index < to)
            {
                continue;
            }

            if (index >= 0)
            {
                run.Warn(
                    WarningCode.NameCollision,
                    name.ToString(),
                    "two traits have this name in CleverTap and the later one was sent; rename one, or set TraitNaming to AsIs"
                );
            }

            Set(trait, name, run, profile);
        }
    }

    private static void Set(in JsonFields.Field trait, FieldName name, MappingContext run, JsonFields profile)
    {
        if (IdentityFields.IsOmitted(name, trait.Value, run))
        {
            return;
        }

        JsonSlice value = MessagingFlags.IsFlag(name) ? MessagingFlags.Convert(name, trait.Value, run) : trait.Value;
        FieldValues.Set(profile, name, trait.Name, value, run, FieldOwner.Profile);
    }

    /// <summary>The name that the host has given to a trait is final.</summary>
    private static FieldName NameOf(in JsonFields.Field trait, MappingOptions options) =>
        options.TraitNaming == TraitNaming.SnakeCase && !trait.IsRenamed ? SnakeCase.Of(trait.Name) : trait.Name;
}
