using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>A JSON object of an event with free-form members, such as its traits, properties, context or integrations.</summary>
/// <remarks>
/// A bag can be empty. It is immutable. A parsed bag is a slice of the input, and its members are read on demand. A
/// <see cref="JsonObject"/>, a <see cref="JsonElement"/> or a dictionary converts to a bag without reflection.
/// </remarks>
/// <example>
/// <code>
/// if (seen.Properties.TryGetDouble("price", out double price) &amp;&amp; price &gt; 100)
/// {
///     seen = seen with { Properties = seen.Properties.With("tier", "premium").Without("debug", "ip") };
/// }
/// </code>
/// </example>
[JsonConverter(typeof(JsonBagJsonConverter))]
public readonly partial struct JsonBag : IEquatable<JsonBag>
{
    internal JsonBag(JsonSlice value, bool isTooDeep = false)
    {
        Value = value;
        IsTooDeep = isTooDeep;
    }

    /// <summary>Gets whether the bag is missing or null.</summary>
    public bool IsEmpty => Value.IsNullOrMissing;

    /// <summary>Gets the JSON of the bag in UTF-8; empty if the bag is missing.</summary>
    public ReadOnlyMemory<byte> Utf8Json => Value.Raw;

    internal JsonSlice Value { get; }

    /// <summary>Whether the bag is nested deeper than the limit of an event; an event with such a bag is Invalid.</summary>
    internal bool IsTooDeep { get; }

    /// <summary>Copies a JSON object into a bag.</summary>
    /// <param name="json">The object; null gives an empty bag. A later change to it does not change the bag.</param>
    public static implicit operator JsonBag(JsonObject? json) => FromJsonObject(json);

    /// <summary>Copies a JSON object into a bag; the document may be disposed afterwards.</summary>
    /// <param name="json">An object, or null or undefined for an empty bag.</param>
    /// <exception cref="ArgumentException">The element is neither an object nor null, or not valid UTF-8.</exception>
    public static implicit operator JsonBag(JsonElement json) => FromJsonElement(json);

    /// <summary>Copies a dictionary into a bag; see <see cref="FromDictionary"/>.</summary>
    /// <param name="members">The members of the object; null gives an empty bag.</param>
    public static implicit operator JsonBag(Dictionary<string, object?>? members) => FromDictionary(members);

    /// <summary>Returns whether two bags have the same JSON text.</summary>
    public static bool operator ==(JsonBag left, JsonBag right) => left.Equals(right);

    /// <summary>Returns whether two bags have different JSON texts.</summary>
    public static bool operator !=(JsonBag left, JsonBag right) => !left.Equals(right);

    /// <inheritdoc cref="op_Implicit(JsonObject?)"/>
    public static JsonBag FromJsonObject(JsonObject? json) => json is null ? default : BagWriter.ToBag(json);

    /// <summary>Copies a dictionary into a bag.</summary>
    /// <remarks>
    /// Values may be text, numbers, booleans, dates (see <see cref="MappingOptions.ConvertDates"/>), GUIDs, enums (written by name), URIs,
    /// JSON, bags, and lists and dictionaries of them. JSON has neither NaN nor infinities: they become the number 1e999, which is beyond
    /// the range of a double and is omitted with the warning <see cref="WarningCode.NumberOutOfRange"/>.
    /// </remarks>
    /// <param name="members">The members of the object; null gives an empty bag.</param>
    /// <exception cref="ArgumentException">
    /// A value has another type; the message names its member and type. Or the values contain a cycle.
    /// </exception>
    public static JsonBag FromDictionary(IEnumerable<KeyValuePair<string, object?>>? members) =>
        members is null ? default : BagWriter.ToBag(members);

    /// <inheritdoc cref="op_Implicit(JsonElement)"/>
    public static JsonBag FromJsonElement(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => default,
            JsonValueKind.Object => BagWriter.ToBag(json),
            _ => throw new ArgumentException("The JSON of a bag must be an object or null", nameof(json)),
        };

    /// <summary>Copies the bag into an element that owns its memory; <see cref="JsonValueKind.Undefined"/> if the bag is missing.</summary>
    public JsonElement ToJsonElement()
    {
        if (Value.IsMissing)
        {
            return default;
        }

        var reader = new Utf8JsonReader(Value.Span);
        return JsonElement.ParseValue(ref reader);
    }

    /// <inheritdoc/>
    public bool Equals(JsonBag other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonBag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>Returns the size of the bag. The content may be personal data and is never part of the text.</summary>
    public override string ToString() => $"{Value.Raw.Length} bytes";
}
