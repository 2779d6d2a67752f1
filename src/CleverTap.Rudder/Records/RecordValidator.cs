using System.Globalization;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Validates a record against <see cref="CleverTapRules"/> while it is written and reports warnings.</summary>
/// <remarks>A warning never prevents a record from being sent.</remarks>
/// <param name="warn">Receives the warnings.</param>
internal sealed partial class RecordValidator(Action<CleverTapWarning> warn)
{
    private const string EventNameField = "evtName";

    /// <summary>The end of the prefix of a page or screen event, whose colon CleverTap accepts.</summary>
    private static ReadOnlySpan<byte> PrefixEnd => " Viewed: "u8;

    /// <summary>Checks the id that identifies a record.</summary>
    public void CheckRecordIdentity(RecordIdentity user)
    {
        if (user.Field == RecordIdentity.IdField.Identity && !user.Id.IsNullOrMissing)
        {
            CheckIdentity(user.Id);
        }
        else if (user.Field == RecordIdentity.IdField.ObjectId)
        {
            CheckObjectId(user.Id);
        }
    }

    /// <summary>Checks an identity, as the id of a record or as an attribute.</summary>
    public void CheckIdentity(JsonSlice id)
    {
        ReadOnlySpan<byte> identity = TextOf(id);
        if (IsBlank(identity) || CleverTapRules.RejectedIdentities.Contains(identity))
        {
            Warn(
                WarningCode.IdentityRejected,
                "identity",
                "CleverTap treats this text as a missing identity and rejects the record; "
                    + "give the real id of the user as userId, or omit userId",
                523
            );
        }
        else if (identity.Length > CleverTapRules.IdentityBytes)
        {
            Warn(
                WarningCode.IdentityRejected,
                "identity",
                $"CleverTap rejects identities over {CleverTapRules.IdentityBytes} bytes; give a shorter userId",
                523
            );
        }
    }

    /// <summary>Checks the name of an event.</summary>
    public void CheckEventName(JsonSlice name)
    {
        ReadOnlySpan<byte> text = TextOf(name);
        CheckEventNameIsAccepted(text);
        if (text.Length > CleverTapRules.EventNameBytes)
        {
            Warn(
                WarningCode.NameTooLong,
                EventNameField,
                $"CleverTap accepts event names of up to {CleverTapRules.EventNameBytes} bytes; shorten the name"
            );
        }

        if (HasProhibitedCharacters(text))
        {
            WarnProhibitedCharacter(EventNameField);
        }
    }

    /// <summary>Checks the number of fields of a profile or an event.</summary>
    public void CheckFieldCount(int count, FieldOwner owner)
    {
        bool isProfile = owner == FieldOwner.Profile;
        int max = isProfile ? CleverTapRules.ProfileFields : CleverTapRules.EventProperties;
        if (count <= max)
        {
            return;
        }

        Warn(
            WarningCode.TooManyProperties,
            isProfile ? "profileData" : "evtData",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} fields, but CleverTap accepts {max} unless the account has a higher limit; send fewer fields"
            ),
            isProfile ? null : 522
        );
    }

    private void CheckObjectId(JsonSlice id)
    {
        if (CleverTapRules.IsObjectId(TextOf(id)))
        {
            return;
        }

        Warn(
            WarningCode.ObjectIdRejected,
            "objectId",
            $"CleverTap accepts 1 to {CleverTapRules.ObjectIdCharacters} letters, digits and ( ) ! : @ $ _ - and rejects the record; "
                + "change anonymousId, or set EnableObjectIdMapping to false",
            526
        );
    }

    private void CheckEventNameIsAccepted(ReadOnlySpan<byte> name)
    {
        if (IsBlank(name))
        {
            Warn(WarningCode.EmptyName, EventNameField, "CleverTap rejects an event without a name; give the track call an event", 509);
        }

        if (CleverTapRules.ReservedEventNames.Contains(name))
        {
            Warn(
                WarningCode.ReservedEventName,
                EventNameField,
                "CleverTap reserves this name for a system event and rejects the record; "
                    + "rename the event, or give the page a name, title or path",
                513
            );
        }
    }

    /// <summary>Whether an event name has prohibited characters.</summary>
    /// <remarks>For a page or screen event, only the part after the prefix counts.</remarks>
    private static bool HasProhibitedCharacters(ReadOnlySpan<byte> eventName)
    {
        if (!eventName.ContainsAny(CleverTapRules.ProhibitedInNames))
        {
            return false;
        }

        int prefix = eventName.IndexOf(PrefixEnd);
        return prefix < 0 || eventName[(prefix + PrefixEnd.Length)..].ContainsAny(CleverTapRules.ProhibitedInNames);
    }

    private void WarnProhibitedCharacter(string field) =>
        Warn(
            WarningCode.ProhibitedCharacter,
            field,
            "CleverTap does not allow % > < ! | & . : ; $ ' \" \\ (nor # in profiles) in names and may remove them; "
                + "rename the field or event"
        );

    private void Warn(WarningCode code, string field, string message, int? cleverTapCode = null) =>
        warn(new CleverTapWarning(code, field, message) { CleverTapCode = cleverTapCode });

    /// <summary>The text of a string or number in UTF-8; allocates only if the string has escapes.</summary>
    private static ReadOnlySpan<byte> TextOf(JsonSlice value)
    {
        if (value.Kind != JsonValueKind.String)
        {
            return value.Span;
        }

        ReadOnlySpan<byte> content = value.Span[1..^1];
        return content.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(JsonText.Decode(content)) : content;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text)
    {
        bool startsVisible = !text.IsEmpty && text[0] is > (byte)' ' and < 0x7F;
        if (startsVisible)
        {
            return false;
        }

        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int length);
            if (!Rune.IsWhiteSpace(rune))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }
}
