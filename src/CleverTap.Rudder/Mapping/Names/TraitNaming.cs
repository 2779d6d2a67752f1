namespace CleverTap.Rudder;

/// <summary>Specifies the names of custom traits in CleverTap.</summary>
public enum TraitNaming
{
    /// <summary>
    /// Names are converted to snake_case, as the guide says: <c>Flagged</c> becomes <c>flagged</c>, <c>firstLogin</c> becomes
    /// <c>first_login</c>. <c>MSG-*</c>, <c>category-*</c> and CleverTap's standard fields keep their spelling.
    /// </summary>
    SnakeCase,

    /// <summary>Names do not change, as in rudder-transformer.</summary>
    AsIs,
}
