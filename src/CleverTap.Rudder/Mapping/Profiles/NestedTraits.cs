using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps objects and arrays in traits: operations, subscription groups, multi-values and other nested values.</summary>
internal static class NestedTraits
{
    /// <summary>Whether a value is sent nested because it is an operation on an attribute.</summary>
    public static bool IsOperation(JsonSlice value, MappingOptions options) => options.KeepOperators && ProfileOperators.IsOperation(value);

    /// <summary>Sets a field of a profile to an object or array.</summary>
    public static void Set(TraitFields profile, TraitName name, JsonSlice value, MappingContext context)
    {
        if (IsOperation(value, context.Options) || name.IsSubscriptionGroup)
        {
            profile.Set(name, value, FieldForm.KeepNested);
        }
        else if (context.Options.MultiValueArrays && MultiValues.IsListOfScalars(value))
        {
            profile.Set(name, MultiValues.CreateSetOperation(name.Text, value, context), FieldForm.KeepNested);
        }
        else
        {
            SetNested(profile, name, value, context);
        }
    }

    private static void SetNested(TraitFields profile, TraitName name, JsonSlice value, MappingContext context)
    {
        switch (context.Options.NestedValues)
        {
            case NestedValues.Flatten when value.Kind == JsonValueKind.Object:
                profile.Set(name, default);
                Flatten(profile, name, value, context);
                break;
            case NestedValues.Keep:
                profile.Set(name, NestedDates.Convert(value, context), FieldForm.KeepNested);
                FieldValues.WarnOfDepth(name.Text, value, context);
                break;
            default:
                profile.Set(name, value);
                break;
        }
    }

    /// <summary>Sets each member as a field. A field of the event with the same name takes precedence.</summary>
    private static void Flatten(TraitFields profile, TraitName parent, JsonSlice value, MappingContext context)
    {
        var members = new MemberReader(value);
        while (members.Next())
        {
            JsonSlice member = members.Value;
            if (member.IsNullOrMissing)
            {
                continue;
            }

            TraitName name = Join(parent, members.Name, context);
            if (IdentityFields.IsOmitted(name, member, context))
            {
                continue;
            }

            if (profile[name] is { IsNullOrMissing: false } present)
            {
                FieldValues.WarnOfCollision(name.Text, present, member, context);
            }
            else if (member.IsContainer)
            {
                Set(profile, name, member, context);
            }
            else
            {
                profile.Set(name, FieldValues.ConvertDate(name.Text, name.Text, member, context));
            }
        }
    }

    private static TraitName Join(TraitName parent, FieldName member, MappingContext context)
    {
        FieldName suffix = FieldValues.Join(default, member);
        if (context.Options.TraitNaming == TraitNaming.SnakeCase)
        {
            suffix = context.TraitNames.Find(suffix).ToSnakeCase(context.TraitNames).Text;
        }

        return context.TraitNames.Find(new FieldName((byte[])[.. parent.Text.Span, .. suffix.Span]));
    }
}
