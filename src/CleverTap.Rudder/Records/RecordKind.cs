namespace CleverTap.Rudder;

/// <summary>The three types of record that CleverTap's upload takes.</summary>
internal enum RecordKind
{
    Profile,
    Event,
    Token,
}
