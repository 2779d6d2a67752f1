using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Web;

/// <summary>Records as calls of CleverTap's web SDK: the same names and values, handed to the page's SDK in place of the upload.</summary>
internal static class WebCalls
{
    public static readonly EventError NotSupported = new(
        EventErrorCode.TypeNotSupported,
        "type",
        "CleverTap's web SDK has no counterpart of this call; send it from the server",
        "identify, track or page"
    );

    /// <summary>Push tokens are left out: a page's are the SDK's own business.</summary>
    public static IReadOnlyList<WebCall> Of(IReadOnlyList<CleverTapRecord> records, bool isSignedIn)
    {
        List<WebCall> calls = [];
        foreach (CleverTapRecord record in records)
        {
            var json = new JsonSlice(record.Utf8Json);
            if (record is EventRecord)
            {
                calls.Add(Call("event.push"u8, TextOf(json.Member("evtName"u8)), json.Member("evtData"u8)));
            }
            else if (record is ProfileRecord)
            {
                Profile(json, isSignedIn, calls);
            }
        }

        return calls;
    }

    private static void Profile(JsonSlice record, bool isSignedIn, List<WebCall> calls)
    {
        JsonSlice attributes = record.Member("profileData"u8);
        JsonSlice identity = record.Member("identity"u8);
        bool isAttribute = !identity.IsPresent;
        if (isAttribute)
        {
            identity = attributes.Member("identity"u8); // where the record goes by objectId
        }

        if (!identity.IsPresent || identity.IsContainer)
        {
            identity = default;
        }

        List<WebCall> operations = [];
        var site = new WebSite();
        var members = new MemberReader(attributes);
        while (members.Next())
        {
            if (
                !identity.IsMissing
                && (members.NameSpan.SequenceEqual("Identity"u8) || (isAttribute && members.NameSpan.SequenceEqual("identity"u8)))
            )
            {
                continue;
            }

            if (ProfileOperators.IsOperation(members.Value))
            {
                WebOperators.Add(members.NameSpan, members.Value, operations);
            }
            else
            {
                site.Add(members.NameSpan, members.Value);
            }
        }

        // Last, because the SDK sends a profile only where it likes the last of its attributes.
        if (!identity.IsMissing)
        {
            site.Add("Identity"u8, identity);
        }

        if (!site.IsEmpty)
        {
            calls.Add(Call(isSignedIn || identity.IsMissing ? "profile.push"u8 : "onUserLogin.push"u8, site.ToArgument()));
        }

        calls.AddRange(operations);
    }

    /// <summary><c>{"method":"…","arguments":[…]}</c>.</summary>
    public static WebCall Call(ReadOnlySpan<byte> method, JsonSlice first, JsonSlice second = default)
    {
        var json = new Utf8Buffer();
        json.Append("{\"method\":\""u8);
        json.Append(method);
        json.Append("\",\"arguments\":["u8);
        json.Append(first.Span);
        if (!second.IsMissing)
        {
            json.Append((byte)',');
        }

        json.Append(second.Span);
        json.Append("]}"u8);
        return new WebCall(json.Written.ToArray());
    }

    private static JsonSlice TextOf(JsonSlice name) => name.Kind == JsonValueKind.String ? name : JsonSlice.FromText(name.ToText() ?? "");
}
