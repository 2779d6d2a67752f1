namespace CleverTap.Rudder;

/// <summary>What a field is part of: CleverTap's rules for the two differ.</summary>
internal enum FieldOwner
{
    Profile,
    Event,
}
