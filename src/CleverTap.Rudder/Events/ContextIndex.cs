namespace CleverTap.Rudder;

/// <summary>The three places of <c>context</c> that CleverTap gets to see; the rest is passed over.</summary>
internal struct ContextIndex
{
    public JsonValue Traits;
    public JsonValue DeviceToken;
    public JsonValue OsName;

    public static ContextIndex Read(JsonValue context)
    {
        var index = new ContextIndex();
        var members = new MemberReader(context);
        while (members.Next())
        {
            ReadOnlySpan<byte> name = members.NameSpan;
            if (name.SequenceEqual("traits"u8)) index.Traits = members.Value;
            else if (name.SequenceEqual("device"u8)) index.DeviceToken = members.Value.Member("token"u8);
            else if (name.SequenceEqual("os"u8)) index.OsName = members.Value.Member("name"u8);
        }

        return index;
    }
}
