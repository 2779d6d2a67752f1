using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <summary>
/// One call of CleverTap's web SDK, finished: <c>clevertap.event.push("Checked Out", {…})</c>. Immutable and safe to share
/// between threads.
/// </summary>
/// <remarks>
/// Its JSON is <c>{"method":"event.push","arguments":["Checked Out",{…}]}</c>. A date stands in it as CleverTap writes dates in
/// JSON, <c>"$D_&lt;seconds since 1970&gt;"</c>; whoever makes the call passes a <c>Date</c> in its place where the SDK takes one:
/// as an attribute of <c>Site</c> other than <c>Identity</c>, <c>Email</c>, <c>Phone</c>, <c>Gender</c>, <c>Employed</c>, <c>Married</c>,
/// <c>Education</c> and <c>Age</c>, as a property of an event, or as a property of one of the <c>Items</c>.
/// </remarks>
[JsonConverter(typeof(WebCallJsonConverter))]
public sealed record WebCall
{
    internal WebCall(ReadOnlyMemory<byte> utf8Json) => Utf8Json = utf8Json;

    /// <summary>
    /// The method of <c>clevertap</c>: <c>onUserLogin.push</c>, <c>profile.push</c> or <c>event.push</c>; for CleverTap's operators on
    /// an attribute, such as <c>{"$add": ["gold"]}</c>, the SDK's method for it, such as <c>addMultiValuesForKey</c>.
    /// </summary>
    public string Method => Json.Member("method"u8).ToText() ?? "";

    /// <summary>The arguments, an array.</summary>
    public JsonElement Arguments
    {
        get
        {
            var reader = new Utf8JsonReader(Json.Member("arguments"u8).Span, JsonSlice.AnyDepth);
            return JsonElement.ParseValue(ref reader);
        }
    }

    /// <summary>The call as JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8Json { get; }

    private JsonSlice Json => new(Utf8Json);

    /// <summary>Writes the call as one JSON value.</summary>
    /// <param name="writer">Where to write.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(Utf8Json.Span, skipInputValidation: true);
    }

    /// <summary>The call as JSON text. It is no script: markup in the event's texts stands in it as it came.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Utf8Json.Span);

    /// <summary>Two calls are equal when they are the same JSON text.</summary>
    /// <param name="other">The other call.</param>
    public bool Equals(WebCall? other) => other is not null && Json.Equals(other.Json);

    /// <inheritdoc/>
    public override int GetHashCode() => Json.GetHashCode();

    /// <summary>The method and size of the call. Its arguments may be personal data and are never part of a text.</summary>
    public override string ToString() => $"{Method} ({Utf8Json.Length} bytes)";
}
