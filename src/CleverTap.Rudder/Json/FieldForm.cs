namespace CleverTap.Rudder.Internal.Json;

/// <summary>How a nested value is written.</summary>
internal enum FieldForm
{
    /// <summary>As a string that holds its JSON text.</summary>
    Text,

    /// <summary>Nested, in canonical spelling.</summary>
    Nested,

    /// <summary>Nested, byte by byte: the value was made in canonical spelling.</summary>
    Verbatim,
}
