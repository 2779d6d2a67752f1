using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Writes a <see cref="WebCall"/> as JSON with System.Text.Json. Calls cannot be read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WebCallJsonConverter : JsonConverter<WebCall>
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override WebCall Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Calls of the web SDK cannot be read; use CleverTapTransformer to create them");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, WebCall value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.WriteTo(writer);
    }
}
