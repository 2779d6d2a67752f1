using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>
/// One spelling for all values that mean the same: members by name, the last of duplicates, canonical texts and numbers.
/// Answers for any JSON there is; what is nested deeper than events go stays as it is spelt.
/// </summary>
internal static class CanonicalJson
{
    public static JsonSlice From(JsonSlice value)
    {
        var output = new Utf8Buffer();
        Append(output, value, depth: 0);
        return new JsonSlice(output.Written.ToArray());
    }

    private static void Append(Utf8Buffer output, JsonSlice value, int depth)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object when depth < RudderEvent.MaxDepth:
                output.Append((byte)'{');
                foreach ((FieldName name, JsonSlice member) in Members(value))
                {
                    output.Append((byte)'"');
                    output.Append(name.Span);
                    output.Append("\":"u8);
                    Append(output, member, depth + 1);
                    output.Append((byte)',');
                }

                output.Append((byte)'}');
                break;
            case JsonValueKind.Array when depth < RudderEvent.MaxDepth:
                output.Append((byte)'[');
                var elements = new ElementReader(value);
                while (elements.Next())
                {
                    Append(output, elements.Value, depth + 1);
                    output.Append((byte)',');
                }

                output.Append((byte)']');
                break;
            case JsonValueKind.String:
                output.Append((byte)'"');
                output.Append(value.ContentSpan());
                output.Append((byte)'"');
                break;
            case JsonValueKind.Number:
                output.Append(Encoding.ASCII.GetBytes(value.ToText()!));
                break;
            default:
                output.Append(value.Span);
                break;
        }
    }

    private static IEnumerable<KeyValuePair<FieldName, JsonSlice>> Members(JsonSlice value)
    {
        Dictionary<FieldName, JsonSlice> members = [];
        var reader = new MemberReader(value);
        while (reader.Next())
        {
            members[reader.Name] = reader.Value;
        }

        return members.OrderBy(member => member.Key, Comparer<FieldName>.Create((one, other) => one.Span.SequenceCompareTo(other.Span)));
    }
}
