using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Lets System.Text.Json, and so an ASP.NET Core endpoint, read and write a <see cref="RudderEvent"/> or any of its calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RudderEventJsonConverter : JsonConverter<RudderEvent>
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(RudderEvent).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    /// <exception cref="JsonException">The JSON is not such an event; the message says which field is wrong.</exception>
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
