namespace CleverTap.Rudder;

/// <summary>The three places of <c>context</c> that CleverTap gets to see; the rest is passed over.</summary>
internal struct ContextIndex
{
    public JsonValue Traits;
    private JsonValue device;
    private JsonValue os;

    public readonly JsonValue DeviceToken => device.Member("token"u8);

    public readonly JsonValue OsName => os.Member("name"u8);

    public static ContextIndex Read(JsonValue context)
    {
        var index = new ContextIndex();
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
