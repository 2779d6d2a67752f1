namespace CleverTap.Rudder.Internal.Records;

/// <summary>The kinds of records in an upload to CleverTap.</summary>
internal enum RecordKind
{
    Profile,

    /// <summary>A profile record that only links an anonymous profile to its user.</summary>
    Link,
    Event,
    Token,
}
