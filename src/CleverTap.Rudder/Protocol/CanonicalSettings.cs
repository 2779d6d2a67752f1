using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Rewrites the settings of a destination so that equal settings have equal bytes.</summary>
/// <remarks>
/// Members are sorted by name, the last of duplicate members wins, and texts and numbers have their canonical form. The result is a key
/// and not valid JSON. Values nested deeper than an event may be are copied unchanged. Accepts any JSON.
/// </remarks>
internal static class CanonicalSettings
{
    private static readonly Comparer<FieldName> ByBytes = Comparer<FieldName>.Create(
        (one, other) => one.Span.SequenceCompareTo(other.Span)
    );

    public static JsonSlice From(JsonSlice settings)
    {
        var output = new Utf8Buffer();
        Append(output, settings, depth: 0);
        return new JsonSlice(output.Written.ToArray());
    }

    private static void Append(Utf8Buffer output, JsonSlice value, int depth)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object when depth < RudderEvent.MaxDepth:
                AppendObject(output, value, depth);
                break;
            case JsonValueKind.Array when depth < RudderEvent.MaxDepth:
                AppendArray(output, value, depth);
                break;
            case JsonValueKind.String:
                AppendQuoted(output, value.ContentSpan());
                break;
            case JsonValueKind.Number:
                output.Append(Encoding.ASCII.GetBytes(value.ToText()!));
                break;
            default:
                output.Append(value.Span);
                break;
        }
    }

    private static void AppendObject(Utf8Buffer output, JsonSlice value, int depth)
    {
        output.Append((byte)'{');
        foreach ((FieldName name, JsonSlice member) in SortMembers(value))
        {
            AppendQuoted(output, name.Span);
            output.Append((byte)':');
            Append(output, member, depth + 1);
            output.Append((byte)',');
        }

        output.Append((byte)'}');
    }

    private static void AppendArray(Utf8Buffer output, JsonSlice value, int depth)
    {
        output.Append((byte)'[');
        var elements = new ElementReader(value);
        while (elements.Next())
        {
            Append(output, elements.Value, depth + 1);
            output.Append((byte)',');
        }

        output.Append((byte)']');
    }

    private static void AppendQuoted(Utf8Buffer output, ReadOnlySpan<byte> content)
    {
        output.Append((byte)'"');
        output.Append(content);
        output.Append((byte)'"');
    }

    private static IEnumerable<KeyValuePair<FieldName, JsonSlice>> SortMembers(JsonSlice value)
    {
        Dictionary<FieldName, JsonSlice> members = [];
        var reader = new MemberReader(value);
        while (reader.Next())
        {
            members[reader.Name] = reader.Value;
        }

        return members.OrderBy(member => member.Key, ByBytes);
    }
}
