using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>Copies slices of a request and converts them to elements.</summary>
/// <remarks>
/// The emulator itself never reads a request through <see cref="JsonElement"/>, which throws on lone surrogates; only its public API
/// returns elements.
/// </remarks>
internal static class JsonSliceExtensions
{
    /// <summary>Copies a value, so that it does not keep the request in memory.</summary>
    public static JsonSlice Copy(this JsonSlice value) => new(value.Raw.ToArray());

    public static JsonElement ToElement(this JsonSlice value)
    {
        var reader = new Utf8JsonReader(value.Span);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Returns the members of an object by name; of duplicate members the last.</summary>
    public static IReadOnlyDictionary<string, JsonElement> ToElements(this JsonSlice value)
    {
        var elements = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var members = new MemberReader(value);
        while (members.Next())
        {
            elements[JsonText.Decode(members.NameSpan)] = members.Value.ToElement();
        }

        return elements.AsReadOnly();
    }
}
