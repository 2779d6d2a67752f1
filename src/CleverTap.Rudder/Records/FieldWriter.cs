using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>
/// Writes the fields of a profile, an event or an item as a JSON object and lets the rules check each of them. Fields that need no
/// change are copied from the source in runs. Not thread-safe.
/// </summary>
internal sealed class FieldWriter(Utf8Buffer output)
{
    private readonly EcmaScriptJsonWriter nested = new(output);

    /// <summary>Writes the object.</summary>
    /// <param name="fields">The fields; those without a value are left out.</param>
    /// <param name="withNulls">Whether fields that are null are written.</param>
    /// <param name="numbers">How numbers are written.</param>
    /// <param name="owner">What the fields belong to.</param>
    /// <param name="rules">What checks them; null if nothing does.</param>
    /// <returns>The number of fields that were written.</returns>
    public int Write(JsonFields fields, bool withNulls, NumberFormat numbers, FieldOwner owner, RecordValidator? rules)
    {
        int count = 0;
        output.Append((byte)'{');
        int empty = output.Length;
        ReadOnlySpan<byte> source = fields.Source.Span;
        (int Start, int End) run = default;
        foreach (ref readonly JsonFields.Field field in fields.All)
        {
            ReadOnlySpan<byte> value = field.Value.Span;
            if (value.IsEmpty || (!withNulls && value[0] == 'n'))
            {
                continue;
            }

            ReadOnlySpan<byte> name = field.Name.Span;
            if (rules is not null && RecordValidator.MayRemark(name, value, owner))
            {
                rules.Field(field, name, value, owner);
            }

            count++;
            if (field.IsFinal)
            {
                // Neighbours in the source that need no change are copied in one go, commas and all.
                if (run.End == 0 || field.Start != run.End + 1)
                {
                    Copy(source[run.Start..run.End], empty);
                    run.Start = field.Start;
                }

                run.End = field.End;
                continue;
            }

            Copy(source[run.Start..run.End], empty);
            run = default;
            output.AppendMember(name, isFirst: output.Length == empty);
            if (!Value(field, value, numbers, owner))
            {
                rules?.NumberOutOfRange(field.Name);
            }
        }

        Copy(source[run.Start..run.End], empty);
        output.Append((byte)'}');
        return count;
    }

    /// <summary>Whether CleverTap wants this field nested.</summary>
    public static bool IsKeptNested(in JsonFields.Field field, FieldOwner owner) =>
        field.Form != FieldForm.Text || (owner != FieldOwner.Item && IsCategory(field.Name));

    public static bool IsCategory(FieldName name) =>
        name.Equals(CleverTapRules.CategoryUnsubscribe) || name.Equals(CleverTapRules.CategoryResubscribe);

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

    /// <summary>False when a number in the value was out of range.</summary>
    private bool Value(in JsonFields.Field field, ReadOnlySpan<byte> value, NumberFormat numbers, FieldOwner owner)
    {
        switch (value[0])
        {
            case (byte)'"' or (byte)'t' or (byte)'f' or (byte)'n':
                output.Append(value);
                return true;
            case (byte)'{' or (byte)'[' when field.Form == FieldForm.Verbatim:
                output.Append(value);
                return true;
            case (byte)'{' or (byte)'[' when IsKeptNested(field, owner):
                return nested.Append(field.Value, numbers);
            case (byte)'{' or (byte)'[':
                return nested.AppendAsText(field.Value, numbers);
            default:
                return JsonNumber.Append(output, value, numbers);
        }
    }
}
