using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder.Internal.Web;

/// <summary>The attributes of a user as the web SDK takes them: <c>{"Site":{…}}</c>.</summary>
internal sealed class WebSite
{
    /// <summary>
    /// Of these the SDK asks what only a text can response; anything else makes it lose the whole profile. As a text it
    /// loses the one field, as an upload does.
    /// </summary>
    private static readonly FrozenSet<FieldName> Texts = new FieldName[]
    {
        "Gender",
        "Employed",
        "Married",
        "Education",
        "Phone",
    }.ToFrozenSet();

    private readonly Utf8Buffer json = new();
    private readonly int empty;

    public WebSite()
    {
        json.Append("{\"Site\":{"u8);
        empty = json.Length;
    }

    public bool IsEmpty => json.Length == empty;

    public void Add(ReadOnlySpan<byte> name, JsonSlice value)
    {
        json.AppendMember(name, isFirst: IsEmpty);
        if (value.Kind != JsonValueKind.String && Texts.Contains(new FieldName(name.ToArray())))
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
