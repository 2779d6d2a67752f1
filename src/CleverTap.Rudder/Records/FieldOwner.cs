namespace CleverTap.Rudder.Internal.Records;

/// <summary>The part of a record that a field belongs to. CleverTap has different rules for each.</summary>
internal enum FieldOwner
{
    Profile,
    Event,

    /// <summary>An item of an order, where CleverTap accepts no nested values.</summary>
    Item,
}
