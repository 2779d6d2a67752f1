using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>
/// The request to CleverTap as rudder-server gets it and sends it on: address, headers and the body's <c>d</c> array, which
/// stands between a head that is the destination's and a tail that is always the same.
/// </summary>
internal static class RequestEnvelope
{
    /// <summary>Behind the records, before what processor and router each add.</summary>
    public static ReadOnlySpan<byte> Tail => """]},"JSON_ARRAY":{},"XML":{},"FORM":{}},"files":{}"""u8;

    public static ReadOnlyMemory<byte> Head(RudderDestinationConfig settings)
    {
        var head = new Utf8Buffer();
        head.Append("""{"version":"1","type":"REST","method":"POST","endpoint":"""u8);
        Text(head, new Uri(CleverTapEndpoint.FromRegion(settings.Region), "1/upload").AbsoluteUri);
        head.Append(""","headers":{"""u8);
        Header(head, "X-CleverTap-Account-Id", settings.AccountId);
        Header(head, "X-CleverTap-Passcode", settings.Passcode);
        head.Append("\"Content-Type\":\"application/json\"},\"params\":{},\"body\":{\"JSON\":{\"d\":["u8);
        return head.Written.ToArray();
    }

    /// <summary>A missing setting leaves the header out. A header is always text: rudder-server takes nothing else.</summary>
    private static void Header(Utf8Buffer head, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        Text(head, name);
        head.Append((byte)':');
        Text(head, value);
        head.Append((byte)',');
    }

    private static void Text(Utf8Buffer head, string text) => head.Append(JsonSlice.FromText(text).Span);
}
