using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Writes the fields of a profile, an event or an item as a JSON object and validates each of them. Not thread-safe.</summary>
/// <remarks>Adjacent fields that need no change are copied from the source together, including the commas between them.</remarks>
internal sealed class FieldWriter(Utf8Buffer output)
{
    private readonly EcmaScriptJsonWriter nested = new(output);

    /// <summary>Writes the object.</summary>
    /// <param name="fields">The fields; fields without a value are omitted.</param>
    /// <param name="withNulls">Whether fields that are null are written.</param>
    /// <param name="numbers">How numbers are written.</param>
    /// <param name="owner">The part of the record that the fields belong to.</param>
    /// <param name="validator">Validates the fields; null if they are not validated.</param>
    /// <returns>The number of fields that were written.</returns>
    public int Write(JsonFields fields, bool withNulls, NumberFormat numbers, FieldOwner owner, RecordValidator? validator)
    {
        int count = 0;
        output.Append((byte)'{');
        int empty = output.Length;
        ReadOnlySpan<byte> source = fields.Source.Span;
        (int Start, int End) pending = default;
        foreach (ref readonly JsonFields.Field field in fields.All)
        {
            ReadOnlySpan<byte> value = field.Value.Span;
            if (value.IsEmpty || (!withNulls && value[0] == 'n'))
            {
                continue;
            }

            ReadOnlySpan<byte> name = field.Name.Span;
            if (validator is not null && RecordValidator.MayNeedWarning(name, value))
            {
                validator.CheckField(field, value, owner);
            }

            if (field.CanCopyVerbatim)
            {
                count++;
                bool isAdjacent = pending.End != 0 && field.Start == pending.End + 1;
                if (!isAdjacent)
                {
                    Copy(source[pending.Start..pending.End], empty);
                    pending.Start = field.Start;
                }

                pending.End = field.End;
                continue;
            }

            Copy(source[pending.Start..pending.End], empty);
            pending = default;
            FieldForm form = FormOf(field, value, owner);
            if (WriteField(field.Name, field.Value, form, numbers, withNulls, validator, isFirst: output.Length == empty))
            {
                count++;
            }
        }

        Copy(source[pending.Start..pending.End], empty);
        output.Append((byte)'}');
        return count;
    }

    /// <summary>Writes a profile as an object.</summary>
    /// <param name="profile">The fields; fields without a value are omitted.</param>
    /// <param name="withNulls">Whether fields that are null are written.</param>
    /// <param name="numbers">How numbers are written.</param>
    /// <param name="validator">Validates the fields; null if they are not validated.</param>
    /// <returns>The number of fields that were written.</returns>
    public int Write(TraitFields profile, bool withNulls, NumberFormat numbers, RecordValidator? validator)
    {
        int count = 0;
        output.Append((byte)'{');
        foreach (ref readonly TraitFields.Field field in profile.All)
        {
            ReadOnlySpan<byte> value = field.Value.Span;
            if (value.IsEmpty || (!withNulls && value[0] == 'n'))
            {
                continue;
            }

            if (validator is not null && RecordValidator.MayNeedWarning(field.Name, value))
            {
                validator.CheckField(field);
            }

            bool isFirst = count == 0;
            if (field.Form == FieldForm.CopyVerbatim || value[0] == '"')
            {
                output.AppendMember(field.Name.Text.Span, value, isFirst);
                count++;
            }
            else if (WriteField(field.Name.Text, field.Value, field.Form, numbers, withNulls, validator, isFirst))
            {
                count++;
            }
        }

        output.Append((byte)'}');
        return count;
    }

    /// <summary>Whether the field stays nested in CleverTap.</summary>
    public static bool IsKeptNested(in JsonFields.Field field, FieldOwner owner) =>
        field.Form != FieldForm.Text || (owner != FieldOwner.Item && CleverTapRules.IsSubscriptionGroup(field.Name));

    /// <summary>Copies the members that are pending, if any.</summary>
    private void Copy(ReadOnlySpan<byte> members, int empty)
    {
        if (members.IsEmpty)
        {
            return;
        }

        if (output.Length > empty)
        {
            output.Append((byte)',');
        }

        output.Append(members);
    }

    private static FieldForm FormOf(in JsonFields.Field field, ReadOnlySpan<byte> value, FieldOwner owner)
    {
        bool isText = field.Form == FieldForm.Text && value[0] is (byte)'{' or (byte)'[';
        return isText && IsKeptNested(field, owner) ? FieldForm.KeepNested : field.Form;
    }

    /// <summary>Writes a field. A number that no double can hold gives a warning and is omitted, or null if nulls are written.</summary>
    /// <returns>False if the field is omitted.</returns>
    private bool WriteField(
        FieldName name,
        JsonSlice value,
        FieldForm form,
        NumberFormat numbers,
        bool withNulls,
        RecordValidator? validator,
        bool isFirst
    )
    {
        int start = output.Length;
        output.AppendMember(name.Span, isFirst);
        if (WriteValue(value, form, numbers))
        {
            return true;
        }

        validator?.WarnNumberOutOfRange(name);
        bool isOmitted = !withNulls && numbers == NumberFormat.Exact && !value.IsContainer;
        if (isOmitted)
        {
            output.TruncateTo(start);
        }

        return !isOmitted;
    }

    /// <summary>Writes the value of a field.</summary>
    /// <returns>False if a number in the value is beyond the range of a double and became null.</returns>
    private bool WriteValue(JsonSlice value, FieldForm form, NumberFormat numbers)
    {
        ReadOnlySpan<byte> json = value.Span;
        switch (json[0])
        {
            case (byte)'"' or (byte)'t' or (byte)'f' or (byte)'n':
                output.Append(json);
                return true;
            case (byte)'{' or (byte)'[' when form == FieldForm.CopyVerbatim:
                output.Append(json);
                return true;
            case (byte)'{' or (byte)'[' when form == FieldForm.KeepNested:
                return nested.Append(value, numbers);
            case (byte)'{' or (byte)'[':
                return nested.AppendAsText(value, numbers);
            default:
                return JsonNumber.Append(output, json, numbers);
        }
    }
}
