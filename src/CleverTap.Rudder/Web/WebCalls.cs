using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Web;

/// <summary>Converts records to calls of CleverTap's web SDK, with the same names and values.</summary>
internal static class WebCalls
{
    public static readonly EventError NotSupported = new(
        EventErrorCode.TypeNotSupported,
        "type",
        "CleverTap's web SDK has no counterpart of this call; send it from the server",
        "identify, track or page"
    );

    /// <summary>Creates the calls of an event. Push tokens are omitted, because the SDK of a page manages its own.</summary>
    public static IReadOnlyList<WebCall> Create(IReadOnlyList<CleverTapRecord> records, bool isSignedIn)
    {
        List<WebCall> calls = [];
        foreach (CleverTapRecord record in records)
        {
            var json = new JsonSlice(record.Utf8Json);
            if (record is EventRecord)
            {
                calls.Add(CreateCall("event.push"u8, ToText(json.Member("evtName"u8)), json.Member("evtData"u8)));
            }
            else if (record is ProfileRecord)
            {
                WebProfile.AddCalls(json, isSignedIn, calls);
            }
        }

        return calls;
    }

    /// <summary>Creates a call: <c>{"method":"…","arguments":[…]}</c>.</summary>
    public static WebCall CreateCall(ReadOnlySpan<byte> method, JsonSlice first, JsonSlice second = default)
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

    private static JsonSlice ToText(JsonSlice name) => name.Kind == JsonValueKind.String ? name : JsonSlice.FromText(name.ToText() ?? "");
}
