using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Lets System.Text.Json, and so an ASP.NET Core endpoint, read and write a <see cref="RudderEvent"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RudderEventJsonConverter : JsonConverter<RudderEvent>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The JSON is not a supported event; the message says which field is wrong.</exception>
    public override RudderEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RudderEvent.TryParse(JsonElement.ParseValue(ref reader), out RudderEvent? parsed, out EventError? error)
            ? parsed
            : throw new JsonException(error.Message);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RudderEvent value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.WriteTo(writer);
    }
}
