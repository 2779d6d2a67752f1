using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps the traits of <see cref="TraitMap"/> to the standard fields of a profile.</summary>
internal static class StandardTraits
{
    /// <summary>Adds the standard fields to a profile.</summary>
    public static void Map(in ParsedEvent parsed, MappingContext context, TraitFields profile)
    {
        foreach (TraitMap.Row row in TraitMap.Rows)
        {
            JsonSlice value = FindTrait(row.Trait, parsed, context);
            if (value.IsPresent)
            {
                SetField(row, value, context, profile);
            }
        }

        MapNameFromParts(context, profile);
    }

    private static JsonSlice FindTrait(TraitName trait, in ParsedEvent parsed, MappingContext context)
    {
        JsonSlice value = context.Traits[trait];
        if (!value.IsPresent)
        {
            value = context.ContextTraits[trait];
        }

        return !value.IsPresent && trait == TraitMap.Email ? FindEmailProperty(parsed, context.Options) : value;
    }

    private static JsonSlice FindEmailProperty(in ParsedEvent parsed, MappingOptions options)
    {
        FieldName name = TraitMap.Email.Text;
        JsonSlice email = parsed.Properties.Member(name.Span);
        bool isDropped = email.IsPresent && (options.TraitRules.Drops.Contains(name) || options.PropertyRules.Drops.Contains(name));
        return isDropped ? default : email;
    }

    private static void SetField(TraitMap.Row row, JsonSlice value, MappingContext context, TraitFields profile)
    {
        if (row.Convert is not null)
        {
            value = row.Convert(value, context);
        }

        value = FieldValues.ConvertDate(row.Trait.Text, row.Attribute.Text, value, context);
        if (!value.IsMissing)
        {
            FieldForm form = NestedTraits.IsOperation(value, context.Options) ? FieldForm.KeepNested : FieldForm.Text;
            profile.Set(row.Attribute, value, form);
        }
    }

    private static void MapNameFromParts(MappingContext context, TraitFields profile)
    {
        if (profile[TraitMap.Name].IsTruthy)
        {
            return;
        }

        JsonSlice first = FindNamePart(context, TraitMap.FirstName);
        JsonSlice last = FindNamePart(context, TraitMap.LastName);
        if (!first.IsMissing && !last.IsMissing)
        {
            profile.Set(TraitMap.Name, context.Scratch.AddText(ContentOf(first), " "u8, ContentOf(last)));
        }
        else if (context.Options.NameFromOnePart && (first.IsMissing ? last : first) is { IsMissing: false } only)
        {
            profile.Set(TraitMap.Name, context.Scratch.AddText(ContentOf(only), default));
        }
    }

    /// <summary>Finds a first or last name. A value that is false in JavaScript, or that is not a scalar, counts as missing.</summary>
    private static JsonSlice FindNamePart(MappingContext context, TraitName[] spellings)
    {
        JsonSlice part = FindFirst(context.Traits, spellings);
        if (!part.IsPresent)
        {
            part = FindFirst(context.ContextTraits, spellings);
        }

        return part.IsTruthy && !part.IsContainer ? part : default;
    }

    private static JsonSlice FindFirst(TraitFields traits, TraitName[] spellings)
    {
        foreach (TraitName spelling in spellings)
        {
            JsonSlice value = traits[spelling];
            if (value.IsPresent)
            {
                return value;
            }
        }

        return default;
    }

    private static ReadOnlySpan<byte> ContentOf(JsonSlice part) =>
        part.Kind == JsonValueKind.String ? part.ContentSpan() : JsonText.Encode(part.ToText());
}
