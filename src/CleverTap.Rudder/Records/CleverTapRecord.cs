using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder;

/// <summary>
/// One record of CleverTap's upload API (<c>POST /1/upload</c>), finished: a <see cref="ProfileRecord"/>, an
/// <see cref="EventRecord"/> or a <see cref="DeviceTokenRecord"/>. Immutable and safe to share between threads.
/// </summary>
[JsonConverter(typeof(CleverTapRecordJsonConverter))]
public abstract record CleverTapRecord
{
    private protected CleverTapRecord(ReadOnlyMemory<byte> utf8Json) => Utf8Json = utf8Json;

    /// <summary>The record as JSON in UTF-8, as it goes into the <c>d</c> array of an upload.</summary>
    public ReadOnlyMemory<byte> Utf8Json { get; }

    /// <summary>The customer's own id of the user; null where the record goes by <see cref="ObjectId"/>.</summary>
    public string? Identity => Json.Member("identity"u8).ToText();

    /// <summary>The CleverTap id of the user's device; null where the record goes by <see cref="Identity"/>.</summary>
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

    /// <summary>Writes the record as one JSON value.</summary>
    /// <param name="writer">Where to write.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(Utf8Json.Span, skipInputValidation: true);
    }

    /// <summary>The record as JSON text.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Utf8Json.Span);

    /// <summary>The record as an element that owns its memory.</summary>
    public JsonElement ToJsonElement() => ElementOf(Json);

    /// <summary>Two records are equal when they are the same JSON text.</summary>
    /// <param name="other">The other record.</param>
    public virtual bool Equals(CleverTapRecord? other) =>
        other is not null && EqualityContract == other.EqualityContract && Json.Equals(other.Json);

    /// <inheritdoc/>
    public override int GetHashCode() => Json.GetHashCode();

    /// <summary>The type and size of the record. Its content may be personal data and is never part of a text.</summary>
    public sealed override string ToString() => $"{GetType().Name} ({Utf8Json.Length} bytes)";

    internal static CleverTapRecord Create(RecordKind kind, ReadOnlyMemory<byte> utf8Json) =>
        kind switch
        {
            RecordKind.Profile => new ProfileRecord(utf8Json),
            RecordKind.Link => new ProfileRecord(utf8Json) { IsLink = true },
            RecordKind.Event => new EventRecord(utf8Json),
            _ => new DeviceTokenRecord(utf8Json),
        };

    private protected static JsonElement ElementOf(JsonSlice value)
    {
        if (value.IsMissing)
        {
            return default;
        }

        var reader = new Utf8JsonReader(value.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
