using System.Text.Json;

namespace CleverTap.Rudder.Testing;

/// <summary>
/// What the emulator does with slices of a request: it never reads them through <see cref="JsonElement"/>, which throws on
/// lone surrogates, and hands elements out only at its public surface.
/// </summary>
internal static class JsonValues
{
    /// <summary>Lets go of the request that the value is a slice of.</summary>
    public static JsonValue Copy(this JsonValue value) => new(value.Raw.ToArray());

    public static JsonElement ToElement(this JsonValue value)
    {
        var reader = new Utf8JsonReader(value.Span);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>The members of an object by name; of duplicates the last.</summary>
    public static IReadOnlyDictionary<string, JsonElement> ToElements(this JsonValue value)
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
