namespace CleverTap.Rudder.Internal.Records;

/// <summary>The types of record that CleverTap's upload takes.</summary>
internal enum RecordKind
{
    Profile,

    /// <summary>A profile record that only links an anonymous profile to its user.</summary>
    Link,
    Event,
    Token,
}
