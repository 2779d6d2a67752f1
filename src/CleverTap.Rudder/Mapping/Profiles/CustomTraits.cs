using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps the traits that are not in <see cref="TraitMap"/> to custom attributes of a profile.</summary>
internal static class CustomTraits
{
    /// <summary>Adds the custom traits to a profile.</summary>
    /// <param name="context">The context, with both bags of traits and the user id.</param>
    /// <param name="profile">The fields of the profile.</param>
    public static void Map(MappingContext context, TraitFields profile)
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

    /// <summary>Sets all custom traits of a bag. They replace those of an earlier bag, also with null.</summary>
    private static void SetAll(TraitFields traits, MappingContext context, TraitFields profile)
    {
        foreach (ref readonly TraitFields.Field trait in traits.All)
        {
            if (TraitMap.IsCustom(trait.Name) && !trait.Name.Text.IsEmpty)
            {
                Set(trait, ResolveName(trait, context), context, profile);
            }
        }
    }

    /// <summary>Sets the custom traits of a bag that are neither null nor set by the bag with precedence.</summary>
    /// <remarks>
    /// The fields from <paramref name="from"/> to <paramref name="to"/> are those of the bag with precedence. If any other two traits get
    /// the same name, the later one is sent, and a custom trait instead of a standard field, with a warning.
    /// </remarks>
    private static void SetUnlessPresent(TraitFields traits, MappingContext context, TraitFields profile, int from, int to)
    {
        foreach (ref readonly TraitFields.Field trait in traits.All)
        {
            if (!TraitMap.IsCustom(trait.Name) || trait.Value.IsNullOrMissing)
            {
                continue;
            }

            if (trait.Name.Text.IsEmpty)
            {
                context.Warn(WarningCode.EmptyName, "traits", "a trait without a name was omitted; name the trait");
                continue;
            }

            TraitName name = ResolveName(trait, context);
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

    private static void Set(in TraitFields.Field trait, TraitName name, MappingContext context, TraitFields profile)
    {
        if (IdentityFields.IsOmitted(name, trait.Value, context))
        {
            return;
        }

        JsonSlice value = name.IsMessagingFlag ? MessagingFlags.Convert(name, trait.Value, context) : trait.Value;
        if (value.IsContainer)
        {
            NestedTraits.Set(profile, name, value, context);
        }
        else if (value.Kind == JsonValueKind.String)
        {
            profile.Set(name, FieldValues.ConvertDate(trait.Name.Text, name.Text, value, context));
        }
        else
        {
            profile.Set(name, value, trait.Form);
        }
    }

    /// <summary>Resolves the name of a trait in CleverTap. A name that the host has given to a trait does not change.</summary>
    private static TraitName ResolveName(in TraitFields.Field trait, MappingContext context) =>
        context.Options.TraitNaming == TraitNaming.SnakeCase && !trait.IsFinal ? trait.Name.ToSnakeCase(context.TraitNames) : trait.Name;
}
