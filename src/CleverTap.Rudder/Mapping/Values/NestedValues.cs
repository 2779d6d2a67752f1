namespace CleverTap.Rudder;

/// <summary>What happens to objects and arrays in traits, properties and items.</summary>
public enum NestedValues
{
    /// <summary>They become compact JSON text: <c>"{\"city\":\"Oslo\"}"</c>. This is what rudder-transformer does.</summary>
    Text,

    /// <summary>The members of objects become fields of their own: <c>address_city</c>. Arrays become JSON text.</summary>
    Flatten,

    /// <summary>They stay nested, for accounts with CleverTap's Nested Objects; beyond three levels with a warning.</summary>
    Keep,
}
