using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <content>Validates the fields of events and items.</content>
internal sealed partial class RecordValidator
{
    /// <summary>The length of <c>"2024-01-31"</c>.</summary>
    private const int MinDateLength = 12;

    public const string NumberOutOfRangeMessage =
        "the number is NaN, infinite or beyond the range of a double and was omitted, or is null in a nested value; "
        + "send a finite number, or text";

    /// <summary>Whether a field of an event or an item may need a warning. It is fast, and false for nearly all fields.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayNeedWarning(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        (uint)(name.Length - 1) >= CleverTapRules.NameBytes
        || value.Length > CleverTapRules.ValueBytes
        || value[0] is (byte)'{' or (byte)'['
        || MayBeDate(value)
        || name.ContainsAny(CleverTapRules.ProhibitedInNames);

    /// <summary>Checks a field of an event or an item.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value of the field.</param>
    /// <param name="owner">The part of the record that the field belongs to.</param>
    public void CheckField(in JsonFields.Field field, ReadOnlySpan<byte> value, FieldOwner owner)
    {
        CheckFieldName(field.Name, CleverTapRules.ProhibitedInNames);
        if (owner == FieldOwner.Event && value[0] is (byte)'{' or (byte)'[')
        {
            CheckNestedValue(field);
        }
        else
        {
            CheckDateText(field.Name, value);
        }

        CheckLength(field.Name, field.Value, isNested: FieldWriter.IsKeptNested(field, owner));
    }

    /// <summary>Checks the number of items of an order.</summary>
    public void CheckItemCount(int count)
    {
        if (count > CleverTapRules.ItemsPerCharge)
        {
            Warn(WarningCode.TooManyItems, "Items", $"CleverTap accepts up to {CleverTapRules.ItemsPerCharge} items; send fewer items");
        }
    }

    /// <summary>Reports that a number of a field is not sent.</summary>
    public void WarnNumberOutOfRange(FieldName name) => Warn(WarningCode.NumberOutOfRange, name.ToString(), NumberOutOfRangeMessage);

    private void CheckFieldName(FieldName name, SearchValues<byte> prohibited)
    {
        ReadOnlySpan<byte> text = name.Span;
        if (text.IsEmpty)
        {
            Warn(WarningCode.EmptyName, "", "CleverTap does not accept a field without a name; name the field");
        }
        else if (text.Length > CleverTapRules.NameBytes)
        {
            Warn(
                WarningCode.NameTooLong,
                name.ToString(),
                $"CleverTap accepts names of up to {CleverTapRules.NameBytes} bytes; shorten the name"
            );
        }

        if (text.ContainsAny(prohibited))
        {
            WarnProhibitedCharacter(name.ToString());
        }
    }

    private void CheckDateText(FieldName name, ReadOnlySpan<byte> value)
    {
        if (IsDateText(name.Span, value))
        {
            Warn(
                WarningCode.DateIsText,
                name.ToString(),
                "the value looks like a date and CleverTap stores it as text; "
                    + "name the field in DateFields, or send $D_<seconds since 1970>"
            );
        }
    }

    /// <summary>Checks the length of a text, or of a value that is written as text.</summary>
    private void CheckLength(FieldName name, JsonSlice value, bool isNested)
    {
        if (value.Span.Length <= CleverTapRules.ValueBytes)
        {
            return;
        }

        bool isTooLong = value.IsContainer
            ? !isNested
            : value.Kind == JsonValueKind.String && TextOf(value).Length > CleverTapRules.ValueBytes;
        if (isTooLong)
        {
            Warn(
                WarningCode.ValueTooLong,
                name.ToString(),
                $"CleverTap accepts texts of up to {CleverTapRules.ValueBytes} bytes; "
                    + "shorten the text, or set NestedValues to Flatten if it is an object"
            );
        }
    }

    private void CheckNestedValue(in JsonFields.Field field)
    {
        if (field.Form == FieldForm.KeepNested && field.Name.Equals(CleverTapRules.Items))
        {
            CheckItems(field);
        }
        else if (CleverTapRules.IsSubscriptionGroup(field.Name))
        {
            Warn(
                WarningCode.NestedValue,
                field.Name.ToString(),
                "CleverTap accepts this field only in profiles and rejects the record; send it as a trait",
                512
            );
        }
    }

    private void CheckItems(in JsonFields.Field field)
    {
        int count = CountItems(field.Value, out bool anyNested);
        if (anyNested)
        {
            Warn(
                WarningCode.NestedValue,
                field.Name.ToString(),
                "CleverTap accepts only flat objects as items and rejects the record; set Charged to Lenient",
                512
            );
        }

        CheckItemCount(count);
    }

    /// <summary>Counts the objects of a list and finds out whether any of its elements contains a nested value.</summary>
    private static int CountItems(JsonSlice list, out bool anyNested)
    {
        int count = 0;
        anyNested = false;
        var elements = new ElementReader(list);
        while (elements.Next())
        {
            if (elements.Value.Kind == JsonValueKind.Object)
            {
                count++;
            }

            anyNested |= elements.Value.Kind == JsonValueKind.Array;
            var members = new MemberReader(elements.Value);
            while (members.Next())
            {
                anyNested |= members.Depth > 0;
            }
        }

        return count;
    }

    /// <summary>Whether a value may begin like <c>"2024-</c>; false for nearly all values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayBeDate(ReadOnlySpan<byte> value) => value.Length >= MinDateLength && value[5] == '-' && value[0] == '"';

    /// <summary>Whether a value is a date that DateFields could convert. The time of an event (<c>ts</c>) is read elsewhere.</summary>
    private static bool IsDateText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        MayBeDate(value) && value[8] == '-' && IsoDate.TryRead(value[1..^1], out _) && !name.SequenceEqual("ts"u8);
}
