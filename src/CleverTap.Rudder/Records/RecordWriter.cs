using System.Runtime.InteropServices;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>Writes records as CleverTap's upload takes them, one behind the other, and has the rules look at each field. Not thread-safe.</summary>
internal sealed class RecordWriter
{
    private readonly Utf8Buffer output = new();
    private readonly CompactJson nested;
    private readonly List<Written> records = [];
    private RecordRules? rules;
    private NumberSpelling numbers;

    public RecordWriter() => nested = new CompactJson(output);

    public ReadOnlySpan<byte> Bytes => output.Written;

    public ReadOnlySpan<Written> Records => CollectionsMarshal.AsSpan(records);

    public void Start(NumberSpelling numberSpelling, RecordRules? recordRules)
    {
        output.Clear();
        records.Clear();
        numbers = numberSpelling;
        rules = recordRules;
    }

    /// <summary>A profile record.</summary>
    /// <param name="user">Whose it is.</param>
    /// <param name="ts">The time as it shall stand there; none where missing.</param>
    /// <param name="profileData">The attributes.</param>
    /// <param name="withNulls">Whether attributes that are null are sent.</param>
    public void Profile(RecordUser user, JsonValue ts, JsonFields profileData, bool withNulls = false)
    {
        int start = Begin("{\"type\":\"profile\""u8, user, ts);
        output.Append(",\"profileData\":"u8);
        int count = Fields(profileData, withNulls, FieldOwner.Profile);
        rules?.Count(count, FieldOwner.Profile);
        End(start, RecordKind.Profile);
    }

    /// <summary>An event record. Properties that are null are sent.</summary>
    public void Event(RecordUser user, JsonValue ts, JsonValue name, JsonFields data)
    {
        rules?.EventName(name);
        int start = Begin("{\"type\":\"event\""u8, user, ts);
        output.Append(",\"evtName\":"u8);
        Text(name);
        output.Append(",\"evtData\":"u8);
        int count = Fields(data, withNulls: true, FieldOwner.Event);
        rules?.Count(count, FieldOwner.Event);
        End(start, RecordKind.Event);
    }

    /// <summary>A device token record; <paramref name="keys"/> go along where anything is left of them without their nulls.</summary>
    public void Token(JsonValue objectId, JsonValue token, ReadOnlySpan<byte> tokenType, JsonValue keys)
    {
        int start = Begin("{\"type\":\"token\""u8, RecordUser.Device(objectId), ts: default);
        output.Append(",\"tokenData\":{\"id\":"u8);
        output.Append(token.Span);
        output.Append(",\"type\":\""u8);
        output.Append(tokenType);
        output.Append((byte)'"');
        if (!keys.IsNullOrMissing)
        {
            int before = output.Length;
            output.Append(",\"keys\":"u8);
            nested.AppendPruned(keys, numbers, out bool anyLeft);
            if (!anyLeft) output.TruncateTo(before);
        }

        output.Append((byte)'}');
        End(start, RecordKind.Token);
    }

    private int Begin(ReadOnlySpan<byte> head, RecordUser user, JsonValue ts)
    {
        int start = output.Length;
        output.Append(head);
        if (user.Field != RecordUser.IdField.None)
        {
            output.Append(user.Field == RecordUser.IdField.Identity ? ",\"identity\":"u8 : ",\"objectId\":"u8);
            rules?.Identity(user);
            Text(user.Id);
        }

        if (!ts.IsMissing)
        {
            output.Append(",\"ts\":"u8);
            if (ts.Kind == JsonValueKind.Number) JsonNumber.Append(output, ts.Span, numbers);
            else output.Append(ts.Span);
        }

        return start;
    }

    private void End(int start, RecordKind kind)
    {
        output.Append((byte)'}');
        records.Add(new Written(kind, start, output.Length - start));
    }

    private int Fields(JsonFields fields, bool withNulls, FieldOwner owner)
    {
        int count = 0;
        output.Append((byte)'{');
        int empty = output.Length;
        ReadOnlySpan<byte> source = fields.Source.Span;
        (int Start, int End) run = default;
        foreach (ref readonly JsonFields.Field field in fields.All)
        {
            ReadOnlySpan<byte> value = field.Value.Span;
            if (value.IsEmpty || (!withNulls && value[0] == 'n')) continue;
            ReadOnlySpan<byte> name = field.Name.Span;
            if (rules is not null && RecordRules.MayRemark(name, value, owner)) rules.Field(field, name, value, owner);
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
            if (!Value(field, value)) rules?.NumberOutOfRange(field.Name);
        }

        Copy(source[run.Start..run.End], empty);
        output.Append((byte)'}');
        return count;
    }

    private void Copy(ReadOnlySpan<byte> members, int empty)
    {
        if (members.IsEmpty) return;
        if (output.Length > empty) output.Append((byte)',');
        output.Append(members);
    }

    /// <summary>False when a number in the value was out of range.</summary>
    private bool Value(in JsonFields.Field field, ReadOnlySpan<byte> value)
    {
        switch (value[0])
        {
            case (byte)'"' or (byte)'t' or (byte)'f' or (byte)'n':
                output.Append(value);
                return true;
            case (byte)'{' or (byte)'[' when IsKeptNested(field):
                return nested.Append(field.Value, numbers);
            case (byte)'{' or (byte)'[':
                return nested.AppendAsText(field.Value, numbers);
            default:
                return JsonNumber.Append(output, value, numbers);
        }
    }

    public static bool IsKeptNested(in JsonFields.Field field) =>
        field.AsIs || field.Name.Equals(CleverTapRules.CategoryUnsubscribe) || field.Name.Equals(CleverTapRules.CategoryResubscribe);

    /// <summary>An id or name: text as it came, a number as its text, null as null.</summary>
    private void Text(JsonValue value)
    {
        bool quote = value.Kind == JsonValueKind.Number;
        if (quote)
        {
            output.Append((byte)'"');
            JsonNumber.Append(output, value.Span, NumberSpelling.Exact);
            output.Append((byte)'"');
        }
        else
        {
            output.Append(value.Span);
        }
    }

    /// <summary>Where one record stands in <see cref="Bytes"/>.</summary>
    internal readonly record struct Written(RecordKind Kind, int Start, int Length);
}
