using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <summary>The names that custom traits get in CleverTap.</summary>
public enum TraitNaming
{
    /// <summary>
    /// Lower-cased and snake_cased, as the guide says: <c>Flagged</c> becomes <c>flagged</c>, <c>firstLogin</c> becomes
    /// <c>first_login</c>. <c>MSG-*</c>, <c>category-*</c> and CleverTap's standard fields keep their spelling.
    /// </summary>
    SnakeCase,

    /// <summary>As they are, which is what rudder-transformer does.</summary>
    AsIs,
}
