namespace CleverTap.Rudder;

/// <summary>Specifies how objects and arrays in traits, properties and items are sent.</summary>
public enum NestedValues
{
    /// <summary>They become compact JSON text: <c>"{\"city\":\"Oslo\"}"</c>, as in rudder-transformer.</summary>
    Text,

    /// <summary>The members of objects become separate fields: <c>address_city</c>. Arrays become JSON text.</summary>
    Flatten,

    /// <summary>They remain nested, for accounts with CleverTap's Nested Objects. More than three levels give a warning.</summary>
    Keep,
}
