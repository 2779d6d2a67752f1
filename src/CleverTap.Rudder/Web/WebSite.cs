using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Web;

/// <summary>Builds the attributes of a user in the form that the web SDK accepts: <c>{"Site":{…}}</c>.</summary>
internal sealed class WebSite
{
    /// <summary>The attributes for which the SDK calls methods of a text.</summary>
    /// <remarks>
    /// Any other value makes the SDK lose the whole profile. As text, an invalid value loses only its own field, as in an upload.
    /// </remarks>
    private static readonly FrozenSet<FieldName> TextAttributes = new FieldName[]
    {
        "Gender",
        "Employed",
        "Married",
        "Education",
        "Phone",
    }.ToFrozenSet();

    private readonly Utf8Buffer json = new();
    private readonly int emptyLength;

    public WebSite()
    {
        json.Append("{\"Site\":{"u8);
        emptyLength = json.Length;
    }

    public bool IsEmpty => json.Length == emptyLength;

    public void Add(ReadOnlySpan<byte> name, JsonSlice value)
    {
        json.AppendMember(name, isFirst: IsEmpty);
        if (value.Kind != JsonValueKind.String && TextAttributes.Contains(new FieldName(name.ToArray())))
        {
            value = JsonSlice.FromText(value.ToText() ?? Encoding.UTF8.GetString(value.Span));
        }

        json.Append(value.Span);
    }

    public JsonSlice ToArgument()
    {
        json.Append("}}"u8);
        return new JsonSlice(json.Written.ToArray());
    }
}
