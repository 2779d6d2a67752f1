using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Lets System.Text.Json read and write a <see cref="RudderEvent"/> and the types derived from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RudderEventJsonConverter : JsonConverter<RudderEvent>
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(RudderEvent).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    /// <exception cref="JsonException">The JSON is not an event of the requested type; the message names the wrong field.</exception>
    public override RudderEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        if (!RudderEvent.TryRead(JsonElement.ParseValue(ref reader), out RudderEvent? read, out EventError? error))
        {
            throw new JsonException(error.Field.Length == 0 ? error.Message : $"{error.Message} ({error.Field})");
        }

        return typeToConvert.IsInstanceOfType(read)
            ? read
            : throw new JsonException($"The event is a {read.GetType().Name}, not a {typeToConvert.Name} (type)");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RudderEvent value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.WriteTo(writer);
    }
}
