using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Writes values whose bytes a <see cref="Utf8JsonWriter"/> would change.</summary>
internal static class JsonWriterExtensions
{
    /// <summary>Writes a text member.</summary>
    /// <remarks>Unlike <c>WriteString</c>, this keeps a lone surrogate, which an id or a name of an event may contain.</remarks>
    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string text) =>
        writer.WriteVerbatim(name, JsonSlice.FromText(text).Span);

    /// <summary>Writes a member whose value is well-formed JSON, byte by byte.</summary>
    public static void WriteVerbatim(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }
}
