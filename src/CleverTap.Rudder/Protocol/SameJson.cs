using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>
/// Whether two values mean the same, however they are spelt. Answers for any JSON there is: numbers of any size, lone
/// surrogates, nesting without end (where a different spelling counts as different).
/// </summary>
internal static class SameJson
{
    public static bool Are(JsonValue one, JsonValue other, int depth = 0)
    {
        if (one.Equals(other)) return true;
        if (one.Kind != other.Kind || depth >= RudderEvent.MaxDepth) return false;
        return one.Kind switch
        {
            JsonValueKind.String => one.Content().Span.SequenceEqual(other.Content().Span),
            JsonValueKind.Number => one.ToText() == other.ToText(),
            JsonValueKind.Array => AreArrays(one, other, depth + 1),
            JsonValueKind.Object => AreObjects(Members(one), Members(other), depth + 1),
            _ => true,
        };
    }

    private static bool AreArrays(JsonValue one, JsonValue other, int depth)
    {
        var ones = new ElementReader(one);
        var others = new ElementReader(other);
        while (ones.Next())
        {
            if (!others.Next() || !Are(ones.Value, others.Value, depth)) return false;
        }

        return !others.Next();
    }

    private static bool AreObjects(Dictionary<JsonValue, JsonValue> one, Dictionary<JsonValue, JsonValue> other, int depth)
    {
        if (one.Count != other.Count) return false;
        foreach ((JsonValue name, JsonValue value) in one)
        {
            if (!other.TryGetValue(name, out JsonValue counterpart) || !Are(value, counterpart, depth)) return false;
        }

        return true;
    }

    private static Dictionary<JsonValue, JsonValue> Members(JsonValue value)
    {
        Dictionary<JsonValue, JsonValue> members = [];
        var reader = new MemberReader(value);
        while (reader.Next()) members[new JsonValue(reader.Name)] = reader.Value;
        return members;
    }
}
