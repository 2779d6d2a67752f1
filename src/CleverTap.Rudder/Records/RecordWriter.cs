using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>Writes records as CleverTap's upload takes them, one behind the other, and has the rules look at each field. Not thread-safe.</summary>
internal sealed class RecordWriter
{
    private readonly Utf8Buffer output = new();
    private readonly Utf8Buffer scratch = new();
    private readonly CompactJson nested;
    private readonly CompactJson text;
    private readonly List<Written> records = [];
    private RecordRules? rules;
    private NumberSpelling numbers;

    public RecordWriter()
    {
        nested = new CompactJson(output);
        text = new CompactJson(scratch);
    }

    public ReadOnlySpan<byte> Bytes => output.Written;

    public IReadOnlyList<Written> Records => records;

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
        output.Append(token.Raw.Span);
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
            if (ts.Kind == JsonValueKind.Number) JsonNumber.Append(output, ts.Raw.Span, numbers);
            else output.Append(ts.Raw.Span);
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
        foreach (ref readonly JsonFields.Field field in fields.All)
        {
            if (field.Value.IsMissing || (!withNulls && field.Value.Kind == JsonValueKind.Null)) continue;
            rules?.Field(field, owner);
            output.Append(count++ == 0 ? "\""u8 : ",\""u8);
            output.Append(field.Name.Bytes.Span);
            output.Append("\":"u8);
            if (!Value(field)) rules?.NumberOutOfRange(field.Name);
        }

        output.Append((byte)'}');
        return count;
    }

    /// <summary>False when a number in the value was out of range.</summary>
    private bool Value(in JsonFields.Field field)
    {
        switch (field.Value.Kind)
        {
            case JsonValueKind.Number:
                return JsonNumber.Append(output, field.Value.Raw.Span, numbers);
            case JsonValueKind.Object or JsonValueKind.Array when IsKeptNested(field):
                return nested.Append(field.Value, numbers);
            case JsonValueKind.Object or JsonValueKind.Array:
                scratch.Clear();
                bool exact = text.Append(field.Value, numbers);
                JsonText.AppendQuoted(output, scratch.Written);
                return exact;
            default:
                output.Append(field.Value.Raw.Span);
                return true;
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
            JsonNumber.Append(output, value.Raw.Span, NumberSpelling.Exact);
            output.Append((byte)'"');
        }
        else
        {
            output.Append(value.Raw.Span);
        }
    }

    /// <summary>Where one record stands in <see cref="Bytes"/>.</summary>
    internal readonly record struct Written(RecordKind Kind, int Start, int Length);
}
