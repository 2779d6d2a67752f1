namespace CleverTap.Rudder;

/// <summary>Which custom trait is sent where <c>traits</c> and <c>context.traits</c> both have it.</summary>
public enum TraitPrecedence
{
    /// <summary>The one in <c>traits</c>; null counts as not there.</summary>
    Traits,

    /// <summary>The one in <c>context.traits</c>, and a null there takes the trait away, as in rudder-transformer.</summary>
    ContextTraits,
}
