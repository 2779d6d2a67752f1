namespace CleverTap.Rudder.Internal.Records;

/// <summary>What a field is part of: CleverTap's rules for them differ.</summary>
internal enum FieldOwner
{
    Profile,
    Event,

    /// <summary>An item of an order, in which CleverTap takes nothing nested.</summary>
    Item,
}
