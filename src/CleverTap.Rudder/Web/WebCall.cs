using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>Holds one complete call of CleverTap's web SDK, such as <c>clevertap.event.push("Checked Out", {…})</c>.</summary>
/// <remarks>
/// <para>
/// A call is immutable and thread-safe. Its JSON is <c>{"method":"event.push","arguments":["Checked Out",{…}]}</c>.
/// </para>
/// <para>
/// A date in the JSON is <c>"$D_&lt;seconds since 1970&gt;"</c>, CleverTap's form. The code that makes the call must pass a
/// <c>Date</c> instead if the SDK accepts one: for an attribute of <c>Site</c> other than <c>Identity</c>, <c>Email</c>, <c>Phone</c>,
/// <c>Gender</c>, <c>Employed</c>, <c>Married</c>, <c>Education</c> and <c>Age</c>, for a property of an event, and for a property of
/// one of the <c>Items</c>.
/// </para>
/// </remarks>
[JsonConverter(typeof(WebCallJsonConverter))]
public sealed record WebCall
{
    internal WebCall(ReadOnlyMemory<byte> utf8Json) => Utf8Json = utf8Json;

    /// <summary>
    /// Gets the method of <c>clevertap</c>: <c>onUserLogin.push</c>, <c>profile.push</c>, <c>event.push</c> or the method of an
    /// operator.
    /// </summary>
    /// <remarks>
    /// For an operator on an attribute, such as <c>{"$add": ["gold"]}</c>, it is the corresponding method of the SDK, such as
    /// <c>addMultiValuesForKey</c>.
    /// </remarks>
    public string Method => Json.Member("method"u8).ToText() ?? "";

    /// <summary>Gets the arguments, an array.</summary>
    public JsonElement Arguments
    {
        get
        {
            var reader = new Utf8JsonReader(Json.Member("arguments"u8).Span, JsonSlice.AnyDepth);
            return JsonElement.ParseValue(ref reader);
        }
    }

    /// <summary>Gets the call as JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8Json { get; }

    private JsonSlice Json => new(Utf8Json);

    /// <summary>Writes the call as a JSON value.</summary>
    /// <param name="writer">The writer.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(Utf8Json.Span, skipInputValidation: true);
    }

    /// <summary>Returns the call as JSON text.</summary>
    /// <remarks>The text is not safe within a script: it contains markup of the event's texts unchanged.</remarks>
    public string ToJson() => Encoding.UTF8.GetString(Utf8Json.Span);

    /// <summary>Whether another call has the same JSON text.</summary>
    /// <param name="other">The other call.</param>
    public bool Equals(WebCall? other) => other is not null && Json.Equals(other.Json);

    /// <inheritdoc/>
    public override int GetHashCode() => Json.GetHashCode();

    /// <summary>Returns the method and the size of the call.</summary>
    /// <remarks>The arguments may be personal data and are never included.</remarks>
    public override string ToString() => $"{Method} ({Utf8Json.Length} bytes)";
}
