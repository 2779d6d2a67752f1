using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>The three places of <c>context</c> that CleverTap gets to see; the rest is passed over.</summary>
internal struct ParsedContext
{
    public JsonSlice Traits;
    private JsonSlice device;
    private JsonSlice os;

    public readonly JsonSlice DeviceToken => device.Member("token"u8);

    public readonly JsonSlice OsName => os.Member("name"u8);

    public static ParsedContext Read(JsonSlice context)
    {
        var index = new ParsedContext();
        var members = new MemberReader(context);
        while (members.Next())
        {
            ReadOnlySpan<byte> name = members.NameSpan;
            if (name.SequenceEqual("traits"u8))
            {
                index.Traits = members.Value;
            }
            else if (name.SequenceEqual("device"u8))
            {
                index.device = members.Value;
            }
            else if (name.SequenceEqual("os"u8))
            {
                index.os = members.Value;
            }
        }

        return index;
    }
}
