using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Lets System.Text.Json write a <see cref="CleverTapRecord"/> as its JSON.</summary>
/// <remarks>It cannot read records, because only a transformation creates them.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CleverTapRecordJsonConverter : JsonConverter<CleverTapRecord>
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(CleverTapRecord).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override CleverTapRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Only CleverTapTransformer creates CleverTap records");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CleverTapRecord value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.WriteTo(writer);
    }
}
