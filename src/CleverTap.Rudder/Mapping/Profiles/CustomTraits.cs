using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps the traits that are not in <see cref="TraitMap"/> to custom attributes of a profile.</summary>
internal static class CustomTraits
{
    /// <summary>Adds the custom traits to a profile.</summary>
    /// <param name="context">The context, with both bags of traits and the user id.</param>
    /// <param name="profile">The fields of the profile.</param>
    public static void Map(MappingContext context, JsonFields profile)
    {
        if (context.Options.TraitPrecedence == TraitPrecedence.ContextTraits)
        {
            SetAll(context.Traits, context, profile);
            SetAll(context.ContextTraits, context, profile);
        }
        else
        {
            int standardCount = profile.Count;
            SetUnlessPresent(context.Traits, context, profile, from: 0, to: 0);
            SetUnlessPresent(context.ContextTraits, context, profile, from: standardCount, to: profile.Count);
        }
    }

    /// <summary>Whether a value is sent nested because it is an operation on an attribute.</summary>
    public static bool IsOperation(JsonSlice value, MappingOptions options) => options.KeepOperators && ProfileOperators.IsOperation(value);

    /// <summary>Sets all custom traits of a bag. They replace those of an earlier bag, also with null.</summary>
    private static void SetAll(JsonFields traits, MappingContext context, JsonFields profile)
    {
        foreach (ref readonly JsonFields.Field trait in traits.All)
        {
            if (TraitMap.IsCustom(trait.Name) && !trait.Name.IsEmpty)
            {
                Set(trait, ResolveName(trait, context.Options), context, profile);
            }
        }
    }

    /// <summary>Sets the custom traits of a bag that are neither null nor set by the bag with precedence.</summary>
    /// <remarks>
    /// The fields from <paramref name="from"/> to <paramref name="to"/> are those of the bag with precedence. If any other two traits get
    /// the same name, the later one is sent, and a custom trait instead of a standard field, with a warning.
    /// </remarks>
    private static void SetUnlessPresent(JsonFields traits, MappingContext context, JsonFields profile, int from, int to)
    {
        foreach (ref readonly JsonFields.Field trait in traits.All)
        {
            if (!TraitMap.IsCustom(trait.Name) || trait.Value.IsNullOrMissing)
            {
                continue;
            }

            if (trait.Name.IsEmpty)
            {
                context.Warn(WarningCode.EmptyName, "traits", "a trait without a name was omitted; name the trait");
                continue;
            }

            FieldName name = ResolveName(trait, context.Options);
            int index = profile.IndexOf(name);
            if (index >= from && index < to)
            {
                continue;
            }

            if (index >= 0)
            {
                context.Warn(
                    WarningCode.NameCollision,
                    name.ToString(),
                    $"two traits have this name in CleverTap and '{trait.Name}' was sent; rename one, or set TraitNaming to AsIs"
                );
            }

            Set(trait, name, context, profile);
        }
    }

    private static void Set(in JsonFields.Field trait, FieldName name, MappingContext context, JsonFields profile)
    {
        if (IdentityFields.IsOmitted(name, trait.Value, context))
        {
            return;
        }

        JsonSlice value = MessagingFlags.IsFlag(name) ? MessagingFlags.Convert(name, trait.Value, context) : trait.Value;
        FieldValues.Set(profile, name, trait.Name, value, context, FieldOwner.Profile);
    }

    /// <summary>Resolves the name of a trait in CleverTap. A name that the host has given to a trait does not change.</summary>
    private static FieldName ResolveName(in JsonFields.Field trait, MappingOptions options) =>
        options.TraitNaming == TraitNaming.SnakeCase && !trait.IsRenamed ? SnakeCase.Convert(trait.Name) : trait.Name;
}
