using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Lets System.Text.Json read and write a <see cref="JsonBag"/> as a JSON object.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonBagJsonConverter : JsonConverter<JsonBag>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The JSON is neither an object nor null.</exception>
    public override JsonBag Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null
            ? JsonBag.FromJsonElement(JsonElement.ParseValue(ref reader))
            : throw new JsonException("The JSON of a bag must be an object or null");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonBag value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteRawValue(value.Utf8Json.Span, skipInputValidation: true);
        }
    }
}
