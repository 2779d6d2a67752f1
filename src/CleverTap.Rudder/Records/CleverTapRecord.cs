using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder;

/// <summary>A complete record of CleverTap's upload API (<c>POST /1/upload</c>).</summary>
/// <remarks>
/// It is a <see cref="ProfileRecord"/>, an <see cref="EventRecord"/> or a <see cref="DeviceTokenRecord"/>. It is immutable and
/// thread-safe.
/// </remarks>
[JsonConverter(typeof(CleverTapRecordJsonConverter))]
public abstract record CleverTapRecord
{
    private protected CleverTapRecord(ReadOnlyMemory<byte> utf8Json) => Utf8Json = utf8Json;

    /// <summary>Gets the record as JSON in UTF-8, as an upload contains it in its <c>d</c> array.</summary>
    public ReadOnlyMemory<byte> Utf8Json { get; }

    /// <summary>Gets the id of the user in your systems; null if the record is identified by <see cref="ObjectId"/>.</summary>
    public string? Identity => Json.Member("identity"u8).ToText();

    /// <summary>Gets the CleverTap id of the device; null if the record is identified by <see cref="Identity"/>.</summary>
    public string? ObjectId => Json.Member("objectId"u8).ToText();

    internal RecordKind Kind =>
        this switch
        {
            ProfileRecord { IsLink: true } => RecordKind.Link,
            ProfileRecord => RecordKind.Profile,
            EventRecord => RecordKind.Event,
            _ => RecordKind.Token,
        };

    private protected JsonSlice Json => new(Utf8Json);

    /// <summary>Writes the record as a JSON value.</summary>
    /// <param name="writer">The writer to write to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(Utf8Json.Span, skipInputValidation: true);
    }

    /// <summary>Returns the record as JSON text.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Utf8Json.Span);

    /// <summary>Returns the record as an element that owns its memory.</summary>
    public JsonElement ToJsonElement() => ToElement(Json);

    /// <summary>Returns whether two records have the same type and the same JSON text.</summary>
    /// <param name="other">The other record.</param>
    public virtual bool Equals(CleverTapRecord? other) =>
        other is not null && EqualityContract == other.EqualityContract && Json.Equals(other.Json);

    /// <inheritdoc/>
    public override int GetHashCode() => Json.GetHashCode();

    /// <summary>Returns the type and the size of the record. The content may be personal data and is never part of the text.</summary>
    public sealed override string ToString() => $"{GetType().Name} ({Utf8Json.Length} bytes)";

    internal static CleverTapRecord Create(RecordKind kind, ReadOnlyMemory<byte> utf8Json) =>
        kind switch
        {
            RecordKind.Profile => new ProfileRecord(utf8Json),
            RecordKind.Link => new ProfileRecord(utf8Json) { IsLink = true },
            RecordKind.Event => new EventRecord(utf8Json),
            _ => new DeviceTokenRecord(utf8Json),
        };

    private protected static JsonElement ToElement(JsonSlice value)
    {
        if (value.IsMissing)
        {
            return default;
        }

        var reader = new Utf8JsonReader(value.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
