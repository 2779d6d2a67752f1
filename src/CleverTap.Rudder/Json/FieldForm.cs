namespace CleverTap.Rudder.Internal.Json;

/// <summary>How a nested value is written.</summary>
internal enum FieldForm
{
    /// <summary>As a string that contains its JSON text.</summary>
    Text,

    /// <summary>Nested, in canonical form.</summary>
    KeepNested,

    /// <summary>Nested and byte by byte, because the value is canonical already.</summary>
    CopyVerbatim,
}
