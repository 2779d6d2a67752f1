using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Looks at a record while it is written and says what CleverTap will not take as it is, by <see cref="CleverTapRules"/>.</summary>
internal sealed class RecordValidator(Action<CleverTapWarning> warn)
{
    /// <summary>The length of <c>"2024-01-31"</c>.</summary>
    private const int ShortestDate = 12;

    private static ReadOnlySpan<byte> PrefixEnd => " Viewed: "u8;

    /// <summary>The id that a record goes by.</summary>
    public void Id(RecordIdentity user)
    {
        if (user.Field == RecordIdentity.IdField.Identity && !user.Id.IsNullOrMissing)
        {
            Identity(user.Id);
        }
        else if (user.Field == RecordIdentity.IdField.ObjectId)
        {
            ObjectId(user.Id);
        }
    }

    /// <summary>The user's own id, as the id of a record or as an attribute.</summary>
    public void Identity(JsonSlice id)
    {
        ReadOnlySpan<byte> identity = TextOf(id);
        if (IsBlank(identity) || CleverTapRules.RejectedIdentities.Contains(identity))
        {
            Warn(
                WarningCode.IdentityRejected,
                "identity",
                "CleverTap reads this text as a missing identity and rejects the record; give the user's real id as userId, or leave userId out",
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

    private void ObjectId(JsonSlice id)
    {
        ReadOnlySpan<byte> objectId = TextOf(id);
        if (CleverTapRules.IsObjectId(objectId))
        {
            return;
        }

        Warn(
            WarningCode.ObjectIdRejected,
            "objectId",
            $"CleverTap takes 1 to {CleverTapRules.ObjectIdCharacters} letters, digits and ( ) ! : @ $ _ - and rejects the record; "
                + "change anonymousId, or set EnableObjectIdMapping to false",
            526
        );
    }

    public void EventName(JsonSlice name)
    {
        ReadOnlySpan<byte> text = TextOf(name);
        if (IsBlank(text))
        {
            Warn(WarningCode.EmptyName, "evtName", "CleverTap rejects an event without a name; give the track call an event", 509);
        }

        if (CleverTapRules.ReservedEventNames.Contains(text))
        {
            Warn(
                WarningCode.ReservedEventName,
                "evtName",
                "CleverTap reserves this name for an event of its own and rejects the record; rename the event, or give the page a name, title or path",
                513
            );
        }

        if (text.Length > CleverTapRules.EventNameBytes)
        {
            Warn(
                WarningCode.NameTooLong,
                "evtName",
                $"CleverTap keeps event names of up to {CleverTapRules.EventNameBytes} bytes; shorten the name"
            );
        }

        if (!text.ContainsAny(CleverTapRules.ProhibitedInNames))
        {
            return;
        }

        // The colon of "Screen Viewed: name" has always been sent and is taken; only the name itself is looked at.
        int prefix = text.IndexOf(PrefixEnd);
        if (prefix < 0 || text[(prefix + PrefixEnd.Length)..].ContainsAny(CleverTapRules.ProhibitedInNames))
        {
            Prohibited("evtName");
        }
    }

    /// <summary>Whether there may be anything to say of a field. False for nearly all, and quick about it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayRemark(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, FieldOwner owner) =>
        (uint)(name.Length - 1) >= CleverTapRules.NameBytes
        || value.Length > CleverTapRules.ValueBytes
        || (owner == FieldOwner.Profile ? CleverTapRules.MayBeStandard(name) : value[0] is (byte)'{' or (byte)'[')
        || MayBeDate(value)
        || name.ContainsAny(CleverTapRules.ProhibitedInProfileNames);

    /// <summary>A field of a profile or an event.</summary>
    /// <param name="field">The field.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="owner">Whose it is.</param>
    public void Field(in JsonFields.Field field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, FieldOwner owner)
    {
        if (name.IsEmpty)
        {
            Warn(WarningCode.EmptyName, "", "CleverTap does not take a field without a name; name the field");
        }
        else if (name.Length > CleverTapRules.NameBytes)
        {
            Warn(
                WarningCode.NameTooLong,
                field.Name.ToString(),
                $"CleverTap keeps names of up to {CleverTapRules.NameBytes} bytes; shorten the name"
            );
        }

        if (name.ContainsAny(owner == FieldOwner.Profile ? CleverTapRules.ProhibitedInProfileNames : CleverTapRules.ProhibitedInNames))
        {
            Prohibited(field.Name.ToString());
        }

        if (owner == FieldOwner.Profile && CleverTapRules.FindStandardField(field.Name, name) is { } standard)
        {
            Standard(standard, field.Value);
        }
        else if (owner == FieldOwner.Event && value[0] is (byte)'{' or (byte)'[')
        {
            Nested(field);
        }
        else if (IsDateText(name, value))
        {
            Date(field.Name);
        }

        if (value.Length > CleverTapRules.ValueBytes)
        {
            Length(field, value, owner);
        }
    }

    public void Count(int fields, FieldOwner owner)
    {
        int most = owner == FieldOwner.Profile ? CleverTapRules.ProfileFields : CleverTapRules.EventProperties;
        if (fields <= most)
        {
            return;
        }

        Warn(
            WarningCode.TooManyProperties,
            owner == FieldOwner.Profile ? "profileData" : "evtData",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{fields} fields, but CleverTap takes {most} unless the account has a higher limit; send fewer fields"
            ),
            owner == FieldOwner.Profile ? null : 522
        );
    }

    public void NumberOutOfRange(FieldName name) =>
        Warn(
            WarningCode.NumberOutOfRange,
            name.ToString(),
            "the number is beyond the range of a double and null was sent; send it as text"
        );

    private void Standard(StandardField field, JsonSlice value)
    {
        if (field.IsValid is null || field.IsValid(value) || IsOperation(value))
        {
            return;
        }

        if (field.IsIdentity)
        {
            Identity(value);
            return;
        }

        Warn(WarningCode.StandardFieldFormat, field.NameText, field.Remark, field.Code);
    }

    private void Nested(in JsonFields.Field field)
    {
        if (field.Form == FieldForm.Nested && field.Name.Equals(CleverTapRules.Items))
        {
            Items(field);
        }
        else if (FieldWriter.IsCategory(field.Name))
        {
            Warn(
                WarningCode.NestedValue,
                field.Name.ToString(),
                "CleverTap takes this field in profiles only and rejects the record; send it as a trait",
                512
            );
        }
    }

    /// <summary>Of a text, and of what becomes a text.</summary>
    private void Length(in JsonFields.Field field, ReadOnlySpan<byte> value, FieldOwner owner)
    {
        bool isTooLong =
            value[0] == '"'
                ? TextOf(field.Value).Length > CleverTapRules.ValueBytes
                : field.Value.IsContainer && !FieldWriter.IsKeptNested(field, owner);
        if (isTooLong)
        {
            Warn(
                WarningCode.ValueTooLong,
                field.Name.ToString(),
                $"CleverTap keeps texts of up to {CleverTapRules.ValueBytes} bytes; shorten the text, or set NestedValues to Flatten if it is an object"
            );
        }
    }

    /// <summary>Whether a value may begin like <c>"2024-</c>; false for nearly all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayBeDate(ReadOnlySpan<byte> value) => value.Length >= ShortestDate && value[5] == '-' && value[0] == '"';

    /// <summary>Whether a value is a date that DateFields could convert. The time of an event (<c>ts</c>) is read elsewhere.</summary>
    private static bool IsDateText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        MayBeDate(value) && value[8] == '-' && IsoDate.TryRead(value[1..^1], out _) && !name.SequenceEqual("ts"u8);

    private void Date(FieldName name) =>
        Warn(
            WarningCode.DateIsText,
            name.ToString(),
            "the value looks like a date and CleverTap stores it as text; name the field in DateFields, or send $D_<seconds since 1970>"
        );

    private void Items(in JsonFields.Field field)
    {
        int items = 0;
        bool nested = false;
        var elements = new ElementReader(field.Value);
        while (elements.Next())
        {
            if (elements.Value.Kind == JsonValueKind.Object)
            {
                items++;
            }

            nested |= elements.Value.Kind == JsonValueKind.Array;
            var members = new MemberReader(elements.Value);
            while (members.Next())
            {
                nested |= members.Depth > 0;
            }
        }

        if (nested)
        {
            Warn(
                WarningCode.NestedValue,
                field.Name.ToString(),
                "CleverTap takes only flat objects as items and rejects the record; set Charged to Lenient",
                512
            );
        }

        ItemCount(items);
    }

    public void ItemCount(int items)
    {
        if (items > CleverTapRules.ItemsPerCharge)
        {
            Warn(WarningCode.TooManyItems, "Items", $"CleverTap takes up to {CleverTapRules.ItemsPerCharge} items; send fewer items");
        }
    }

    private void Prohibited(string field) =>
        Warn(
            WarningCode.ProhibitedCharacter,
            field,
            "CleverTap does not allow % > < ! | & . : ; $ ' \" \\ (nor # in profiles) in names and may strip them; rename the field or event"
        );

    private void Warn(WarningCode code, string field, string message, int? cleverTapCode = null) =>
        warn(new CleverTapWarning(code, field, message) { CleverTapCode = cleverTapCode });

    /// <summary>The text of a string or number in UTF-8. Only escapes cost anything.</summary>
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
        if (!text.IsEmpty && text[0] is > (byte)' ' and < 0x7F)
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

    private static bool IsOperation(JsonSlice value) => value.Kind == JsonValueKind.Object && ProfileOperators.IsOperation(value);
}
