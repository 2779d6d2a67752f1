namespace CleverTap.Rudder;

/// <summary>Specifies how an order becomes CleverTap's <c>Charged</c> event.</summary>
public enum ChargedMapping
{
    /// <summary>Several source properties for each field, and tolerance for items and amounts in other forms.</summary>
    /// <remarks>
    /// <para>
    /// <c>Charged ID</c> is <c>checkout_id</c>, else <c>order_id</c>. <c>Amount</c> is the first number of <c>revenue</c>, <c>total</c>
    /// and <c>value</c>; text that is a plain number becomes a number. If none is a number, the first is sent with a warning.
    /// <c>Items</c> is <c>products</c>, else <c>items</c>. Properties with these CleverTap names take precedence unless they are null or
    /// empty. A value that is passed over because it is not a number, or contains no items, gives a warning.
    /// </para>
    /// <para>
    /// Elements that are not objects are omitted from the items. Nested values of an item follow
    /// <see cref="MappingOptions.NestedValues"/>. Empty items are omitted.
    /// </para>
    /// </remarks>
    Lenient,

    /// <summary>The mapping of rudder-transformer: one source property for each field.</summary>
    /// <remarks>
    /// <c>Charged ID</c> is <c>checkout_id</c>, <c>Amount</c> is <c>revenue</c>, <c>Items</c> is <c>products</c>. Properties with these
    /// CleverTap names take precedence, even if they are null. Empty products are an error.
    /// </remarks>
    Strict,
}
