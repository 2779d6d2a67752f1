using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>
/// What the emulator does with slices of a request: it never reads them through <see cref="JsonElement"/>, which throws on
/// lone surrogates, and hands elements out only at its public surface.
/// </summary>
internal static class JsonSliceExtensions
{
    /// <summary>Lets go of the request that the value is a slice of.</summary>
    public static JsonSlice Copy(this JsonSlice value) => new(value.Raw.ToArray());

    public static JsonElement ToElement(this JsonSlice value)
    {
        var reader = new Utf8JsonReader(value.Span);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>The members of an object by name; of duplicates the last.</summary>
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
