using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>The three members of <c>context</c> that are mapped to CleverTap; the others are skipped.</summary>
internal struct ParsedContext
{
    public JsonSlice Traits;
    private JsonSlice device;
    private JsonSlice os;

    public readonly JsonSlice DeviceToken => device.Member("token"u8);

    public readonly JsonSlice OsName => os.Member("name"u8);

    public static ParsedContext Read(JsonSlice context)
    {
        var parsed = new ParsedContext();
        var members = new MemberReader(context);
        while (members.Next())
        {
            ReadOnlySpan<byte> name = members.NameSpan;
            if (name.SequenceEqual("traits"u8))
            {
                parsed.Traits = members.Value;
            }
            else if (name.SequenceEqual("device"u8))
            {
                parsed.device = members.Value;
            }
            else if (name.SequenceEqual("os"u8))
            {
                parsed.os = members.Value;
            }
        }

        return parsed;
    }
}
