namespace CleverTap.Rudder;

/// <summary>Specifies which value is sent if <c>traits</c> and <c>context.traits</c> contain the same custom trait.</summary>
public enum TraitPrecedence
{
    /// <summary>The value in <c>traits</c>. Null counts as missing.</summary>
    Traits,

    /// <summary>The value in <c>context.traits</c>. Null removes the trait, as in rudder-transformer.</summary>
    ContextTraits,
}
