using System.Globalization;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>A parsed record of an upload, not validated yet. Its values are slices of the request.</summary>
internal sealed class UploadedRecord
{
    public UploadedRecord(JsonSlice json, int number)
    {
        Json = json;
        Number = number;
        var members = new MemberReader(json);
        while (members.Next())
        {
            ReadMember(members.NameSpan, members.Value);
        }

        UserKeys = ReadUserKeys();
    }

    public JsonSlice Json { get; }

    /// <summary>The number of the record in the upload, counted from 1.</summary>
    public int Number { get; }

    public RecordKind? Kind { get; private set; }

    public JsonSlice Identity { get; private set; }

    public JsonSlice ObjectId { get; private set; }

    public JsonSlice FacebookId { get; private set; }

    public JsonSlice GoogleId { get; private set; }

    public JsonSlice Ts { get; private set; }

    public JsonSlice EventName { get; private set; }

    public JsonSlice EventData { get; private set; }

    public JsonSlice ProfileData { get; private set; }

    public JsonSlice TokenData { get; private set; }

    /// <summary>All usable ids at the root of the record.</summary>
    public IReadOnlyList<UserKey> UserKeys { get; }

    /// <summary><see cref="Ts"/> in whole seconds; null if it is missing or not a time.</summary>
    /// <remarks>
    /// Digits as text are accepted, because CleverTap is not known to reject them. So are thirteen digits: whether CleverTap treats them as
    /// milliseconds is not known.
    /// </remarks>
    public long? Seconds
    {
        get
        {
            switch (Ts.Kind)
            {
                case JsonValueKind.Number:
                    double value = JsonNumber.ToDouble(Ts.Span);
                    return value is >= 1 and < long.MaxValue ? (long)value : null;
                case JsonValueKind.String:
                    bool isDigits = long.TryParse(Ts.ToText(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds);
                    return isDigits && seconds > 0 ? seconds : null;
                default:
                    return null;
            }
        }
    }

    private void ReadMember(ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (name.SequenceEqual("type"u8))
        {
            Kind = ParseKind(value);
        }
        else if (name.SequenceEqual("ts"u8))
        {
            Ts = value;
        }
        else if (!TryReadUserId(name, value))
        {
            ReadContent(name, value);
        }
    }

    private bool TryReadUserId(ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (name.SequenceEqual("identity"u8))
        {
            Identity = value;
        }
        else if (name.SequenceEqual("objectId"u8))
        {
            ObjectId = value;
        }
        else if (name.SequenceEqual("FBID"u8))
        {
            FacebookId = value;
        }
        else if (name.SequenceEqual("GPID"u8))
        {
            GoogleId = value;
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadContent(ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (name.SequenceEqual("evtName"u8))
        {
            EventName = value;
        }
        else if (name.SequenceEqual("evtData"u8))
        {
            EventData = value;
        }
        else if (name.SequenceEqual("profileData"u8))
        {
            ProfileData = value;
        }
        else if (name.SequenceEqual("tokenData"u8))
        {
            TokenData = value;
        }
    }

    private static RecordKind? ParseKind(JsonSlice type) =>
        type.IsText("event"u8) ? RecordKind.Event
        : type.IsText("profile"u8) ? RecordKind.Profile
        : type.IsText("token"u8) ? RecordKind.Token
        : null;

    private List<UserKey> ReadUserKeys()
    {
        List<UserKey> keys = [];
        Add(UserKeyKind.Identity, Identity);
        if (ObjectId.Kind == JsonValueKind.String)
        {
            Add(UserKeyKind.ObjectId, ObjectId);
        }

        Add(UserKeyKind.FacebookId, FacebookId);
        Add(UserKeyKind.GoogleId, GoogleId);
        return keys;

        void Add(UserKeyKind kind, JsonSlice id)
        {
            if (UploadValidator.IsUsableId(kind, id))
            {
                keys.Add(new UserKey(kind, id.ToText()!));
            }
        }
    }
}
