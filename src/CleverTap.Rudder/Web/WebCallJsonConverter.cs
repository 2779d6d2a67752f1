using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Lets System.Text.Json write a <see cref="WebCall"/> as the JSON it is. Calls are made by transforming, so none is read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WebCallJsonConverter : JsonConverter<WebCall>
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override WebCall Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Calls of the web SDK are made by CleverTapTransformer");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, WebCall value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.WriteTo(writer);
    }
}
