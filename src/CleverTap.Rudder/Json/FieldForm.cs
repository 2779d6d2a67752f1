namespace CleverTap.Rudder.Internal.Json;

/// <summary>How the value of a field is written.</summary>
internal enum FieldForm
{
    /// <summary>A nested value as a string that contains its JSON text, any other value in canonical form.</summary>
    Text,

    /// <summary>Nested, in canonical form.</summary>
    KeepNested,

    /// <summary>Byte by byte, because the value is canonical already.</summary>
    CopyVerbatim,
}
