using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>Looks at a record while it is written and says what CleverTap will not take as it is, by <see cref="CleverTapRules"/>.</summary>
internal sealed class RecordRules(Action<CleverTapWarning> warn)
{
    private static ReadOnlySpan<byte> PrefixEnd => " Viewed: "u8;

    public void Identity(RecordUser user)
    {
        if (user.Field != RecordUser.IdField.Identity || user.Id.IsNullOrMissing) return;
        ReadOnlySpan<byte> identity = TextOf(user.Id);
        if (IsBlank(identity) || CleverTapRules.RefusedIdentities.Contains(identity))
            Warn(WarningCode.IdentityRefused, "identity", "CleverTap takes this text for a missing identity and refuses the record", 523);
        else if (identity.Length > CleverTapRules.IdentityBytes)
            Warn(WarningCode.IdentityRefused, "identity", $"CleverTap takes identities of up to {CleverTapRules.IdentityBytes} bytes and refuses the record", 523);
    }

    public void EventName(JsonValue name)
    {
        ReadOnlySpan<byte> text = TextOf(name);
        if (IsBlank(text)) Warn(WarningCode.EmptyName, "evtName", "CleverTap refuses an event without a name", 509);
        if (CleverTapRules.ReservedEventNames.Contains(text))
            Warn(WarningCode.ReservedEventName, "evtName", "this is an event of CleverTap's own; it refuses the record", 513);
        if (text.Length > CleverTapRules.EventNameBytes)
            Warn(WarningCode.NameTooLong, "evtName", $"CleverTap keeps event names of up to {CleverTapRules.EventNameBytes} bytes");

        if (!text.ContainsAny(CleverTapRules.ProhibitedInNames)) return;

        // The colon of "Screen Viewed: name" has always been sent and is taken; only the name itself is looked at.
        int prefix = text.IndexOf(PrefixEnd);
        if (prefix < 0 || text[(prefix + PrefixEnd.Length)..].ContainsAny(CleverTapRules.ProhibitedInNames)) Prohibited("evtName");
    }

    /// <summary>Whether there may be anything to say of a field. False for nearly all, and quick about it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayRemark(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, FieldOwner owner) =>
        (uint)(name.Length - 1) >= CleverTapRules.NameBytes
        || value.Length > CleverTapRules.ValueBytes
        || (owner == FieldOwner.Profile ? CleverTapRules.MayBeStandard(name) : value[0] is (byte)'{' or (byte)'[')
        || name.ContainsAny(CleverTapRules.ProhibitedInProfileNames);

    /// <summary>A field of a profile or an event.</summary>
    /// <param name="field">The field.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="owner">Whose it is.</param>
    public void Field(in JsonFields.Field field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, FieldOwner owner)
    {
        if (name.IsEmpty) Warn(WarningCode.EmptyName, "", "CleverTap does not take a field without a name");
        else if (name.Length > CleverTapRules.NameBytes) Warn(WarningCode.NameTooLong, field.Name.ToString(), $"CleverTap keeps names of up to {CleverTapRules.NameBytes} bytes");
        if (name.ContainsAny(owner == FieldOwner.Profile ? CleverTapRules.ProhibitedInProfileNames : CleverTapRules.ProhibitedInNames)) Prohibited(field.Name.ToString());

        if (owner == FieldOwner.Profile && CleverTapRules.FindStandardField(field.Name, name) is { } standard) Standard(standard, field.Value);
        else if (owner == FieldOwner.Event && value[0] is (byte)'{' or (byte)'[') Nested(field);
        if (value.Length > CleverTapRules.ValueBytes) Length(field, value);
    }

    public void Count(int fields, FieldOwner owner)
    {
        int most = owner == FieldOwner.Profile ? CleverTapRules.ProfileFields : CleverTapRules.EventProperties;
        if (fields <= most) return;
        Warn(
            WarningCode.TooManyProperties,
            owner == FieldOwner.Profile ? "profileData" : "evtData",
            string.Create(CultureInfo.InvariantCulture, $"{fields} fields, where CleverTap takes {most} unless the account was given more"),
            owner == FieldOwner.Profile ? null : 522);
    }

    public void NumberOutOfRange(FieldName name) =>
        Warn(WarningCode.NumberOutOfRange, name.ToString(), "the number is beyond what a double can hold; null is sent");

    private void Standard(StandardField field, JsonValue value)
    {
        if (field.IsValid is null || field.IsValid(value) || IsOperation(value)) return;
        Warn(WarningCode.StandardFieldFormat, field.NameText, field.Remark, field.Code);
    }

    private void Nested(in JsonFields.Field field)
    {
        if (field.AsIs) Items(field);
        else if (RecordWriter.IsKeptNested(field))
            Warn(WarningCode.NestedValue, field.Name.ToString(), "CleverTap takes this field nested in profiles only and refuses the record", 512);
    }

    /// <summary>Of a text, and of what becomes a text.</summary>
    private void Length(in JsonFields.Field field, ReadOnlySpan<byte> value)
    {
        if (value[0] == '"' ? value.Length > CleverTapRules.ValueBytes + 2 : value[0] is (byte)'{' or (byte)'[' && !RecordWriter.IsKeptNested(field))
            Warn(WarningCode.ValueTooLong, field.Name.ToString(), $"CleverTap keeps texts of up to {CleverTapRules.ValueBytes} bytes");
    }

    private void Items(in JsonFields.Field field)
    {
        int items = 0;
        bool nested = false;
        var elements = new ElementReader(field.Value);
        while (elements.Next())
        {
            if (elements.Value.Kind == JsonValueKind.Object) items++;
            nested |= elements.Value.Kind == JsonValueKind.Array;
            var members = new MemberReader(elements.Value);
            while (members.Next()) nested |= members.Depth > 0;
        }

        if (nested) Warn(WarningCode.NestedValue, field.Name.ToString(), "CleverTap takes only flat objects as items and refuses the record", 512);
        if (items > CleverTapRules.ItemsPerCharge)
            Warn(WarningCode.TooManyItems, field.Name.ToString(), $"CleverTap takes up to {CleverTapRules.ItemsPerCharge} items");
    }

    private void Prohibited(string field) =>
        Warn(WarningCode.ProhibitedCharacter, field, "CleverTap does not allow % > < ! | & . : ; $ ' \" \\ (nor # in profiles) in names; it may strip them");

    private void Warn(WarningCode code, string field, string message, int? cleverTapCode = null) =>
        warn(new CleverTapWarning(code, field, message) { CleverTapCode = cleverTapCode });

    /// <summary>The text of a string or number in UTF-8. Only escapes cost anything.</summary>
    private static ReadOnlySpan<byte> TextOf(JsonValue value)
    {
        if (value.Kind != JsonValueKind.String) return value.Span;
        ReadOnlySpan<byte> content = value.Span[1..^1];
        return content.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(JsonText.Decode(content)) : content;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] is > (byte)' ' and < 0x7F) return false;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int length);
            if (!Rune.IsWhiteSpace(rune)) return false;
            text = text[length..];
        }

        return true;
    }

    private static bool IsOperation(JsonValue value) => value.Kind == JsonValueKind.Object && ProfileOperators.IsOperation(value);
}
