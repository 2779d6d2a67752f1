using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Applies the trait <c>overrideFields</c>, whose members replace the fields of a profile.</summary>
/// <remarks>
/// The members are neither renamed nor converted to text, and null removes a field. Messaging flags and .NET dates are still converted,
/// because CleverTap understands only its own form.
/// </remarks>
internal static class OverrideFields
{
    public static void Apply(MappingContext context, TraitFields profile)
    {
        JsonSlice fields = context.Traits[TraitMap.OverrideFields];
        if (!fields.IsTruthy)
        {
            fields = context.ContextTraits[TraitMap.OverrideFields];
        }

        if (fields.IsTruthy && fields.Kind != JsonValueKind.Object)
        {
            context.Warn(
                WarningCode.FieldIgnored,
                "traits.overrideFields",
                "overrideFields must be an object and was ignored; send an object of CleverTap's fields"
            );
        }

        var members = new MemberReader(fields);
        while (members.Next())
        {
            TraitName name = context.TraitNames.Find(members.Name);
            JsonSlice value = NestedDates.Convert(members.Value, context);
            profile.Set(name, name.IsMessagingFlag ? MessagingFlags.Convert(name, value, context) : value, FieldForm.KeepNested);
        }
    }
}
