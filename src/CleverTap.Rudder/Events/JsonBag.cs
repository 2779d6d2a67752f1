using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>
/// Free-form JSON that travels with an event: traits, properties, context, integrations. It is an object, or nothing.
/// Immutable; a bag that was parsed is a slice of the input and costs nothing until someone looks into it.
/// </summary>
/// <remarks>Convert to it from a <see cref="JsonObject"/>, a <see cref="JsonElement"/> or a dictionary; none needs reflection.</remarks>
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

    /// <summary>True for a bag that is missing or null.</summary>
    public bool IsEmpty => Value.IsNullOrMissing;

    /// <summary>The bag's JSON in UTF-8; empty where there is no bag.</summary>
    public ReadOnlyMemory<byte> Utf8Json => Value.Raw;

    internal JsonSlice Value { get; }

    /// <summary>Nested deeper than an event may hold; an event with it is Invalid.</summary>
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

    /// <summary>Two bags are equal when their JSON is the same text.</summary>
    public static bool operator ==(JsonBag left, JsonBag right) => left.Equals(right);

    /// <summary>Two bags differ when their JSON is not the same text.</summary>
    public static bool operator !=(JsonBag left, JsonBag right) => !left.Equals(right);

    /// <inheritdoc cref="op_Implicit(JsonObject?)"/>
    public static JsonBag FromJsonObject(JsonObject? json) => json is null ? default : BagWriter.ToBag(json);

    /// <summary>
    /// Copies a dictionary into a bag. Values may be text, numbers, booleans, dates (see <see cref="MappingOptions.ConvertDates"/>), GUIDs, enums (their name),
    /// addresses, JSON, bags, and lists and dictionaries of them. NaN and the infinities become null, as in JavaScript.
    /// </summary>
    /// <param name="members">The members of the object; null gives an empty bag.</param>
    /// <exception cref="ArgumentException">A value is of another type; the message names its member and type.</exception>
    public static JsonBag FromDictionary(IEnumerable<KeyValuePair<string, object?>>? members) =>
        members is null ? default : BagWriter.ToBag(members);

    /// <inheritdoc cref="op_Implicit(JsonElement)"/>
    public static JsonBag FromJsonElement(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => default,
            JsonValueKind.Object => BagWriter.ToBag(json),
            _ => throw new ArgumentException("A bag is a JSON object", nameof(json)),
        };

    /// <summary>The bag as an element that owns its memory; <see cref="JsonValueKind.Undefined"/> where there is no bag.</summary>
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

    /// <summary>The size of the bag. Its content may be personal data and is never part of a text.</summary>
    public override string ToString() => $"{Value.Raw.Length} bytes";
}
