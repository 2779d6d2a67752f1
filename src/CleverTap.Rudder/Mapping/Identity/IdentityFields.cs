using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Omits the traits that would add an identity to a profile.</summary>
/// <remarks>
/// CleverTap merges all profiles that share an identity: a trait such as <c>Identity: "verified"</c> would merge all verified users
/// into one profile.
/// </remarks>
internal static class IdentityFields
{
    /// <summary>Whether a trait is omitted, with a warning, because it would add an identity other than the user id.</summary>
    public static bool IsOmitted(TraitName name, JsonSlice value, MappingContext context)
    {
        if (!name.MayBeIdentity || !context.Options.GuardIdentityFields || IsSameId(value, context.UserId))
        {
            return false;
        }

        context.Warn(
            WarningCode.IdentityFieldOmitted,
            name.ToString(),
            "CleverTap merges all profiles that share this identity and the trait was omitted; "
                + "rename the trait, or send it in overrideFields"
        );
        return true;
    }

    private static bool IsSameId(JsonSlice value, JsonSlice userId) => value.ToText() is { } text && text == userId.ToText();
}
