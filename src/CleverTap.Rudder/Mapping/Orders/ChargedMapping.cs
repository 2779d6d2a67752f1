namespace CleverTap.Rudder;

/// <summary>How an order becomes CleverTap's <c>Charged</c> event.</summary>
public enum ChargedMapping
{
    /// <summary>
    /// <c>Charged ID</c> from <c>checkout_id</c>, else <c>order_id</c>; <c>Amount</c> from <c>revenue</c>, else <c>total</c>, else
    /// <c>value</c>, and text that is a plain number becomes one; <c>Items</c> from <c>products</c>, else <c>items</c>: what is no
    /// object is left out, nested values of an item follow <see cref="MappingOptions.NestedValues"/>, and items that are empty are left
    /// out. Properties with these CleverTap names win unless they are null or empty.
    /// </summary>
    Lenient,

    /// <summary>
    /// <c>Charged ID</c> from <c>checkout_id</c>, <c>Amount</c> from <c>revenue</c>, <c>Items</c> from <c>products</c>;
    /// properties with these CleverTap names win, null included; empty products are an error. This is what rudder-transformer does.
    /// </summary>
    Strict,
}
