using System.Runtime.InteropServices;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Writes records as CleverTap's upload takes them, one behind the other. Not thread-safe.</summary>
internal sealed class RecordWriter
{
    private readonly Utf8Buffer output = new();
    private readonly FieldWriter fields;
    private readonly List<Written> records = [];
    private RecordValidator? rules;
    private NumberFormat numbers;

    public RecordWriter() => fields = new FieldWriter(output);

    public ReadOnlySpan<byte> Bytes => output.Written;

    public ReadOnlySpan<Written> Records => CollectionsMarshal.AsSpan(records);

    public void Start(NumberFormat numberSpelling, RecordValidator? recordRules)
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
    public void Profile(RecordIdentity user, JsonSlice ts, JsonFields profileData, bool withNulls = false)
    {
        int start = Begin("{\"type\":\"profile\""u8, user, ts);
        output.Append(",\"profileData\":"u8);
        int count = fields.Write(profileData, withNulls, numbers, FieldOwner.Profile, rules);
        rules?.Count(count, FieldOwner.Profile);
        End(start, RecordKind.Profile);
    }

    /// <summary>The record that adds the user's identity to the profile of an anonymous id, as an alias call does.</summary>
    public void Link(RecordIdentity anonymous, JsonSlice ts, JsonSlice identity)
    {
        int start = Begin("{\"type\":\"profile\""u8, anonymous, ts);
        output.Append(",\"profileData\":{\"identity\":"u8);
        rules?.Identity(identity);
        Text(identity);
        output.Append((byte)'}');
        End(start, RecordKind.Link);
    }

    /// <summary>An event record.</summary>
    /// <param name="user">Whose it is.</param>
    /// <param name="ts">The time as it shall stand there; none where missing.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="data">The properties.</param>
    /// <param name="withNulls">Whether properties that are null are sent.</param>
    public void Event(RecordIdentity user, JsonSlice ts, JsonSlice name, JsonFields data, bool withNulls)
    {
        rules?.EventName(name);
        int start = Begin("{\"type\":\"event\""u8, user, ts);
        output.Append(",\"evtName\":"u8);
        Text(name);
        output.Append(",\"evtData\":"u8);
        int count = fields.Write(data, withNulls, numbers, FieldOwner.Event, rules);
        rules?.Count(count, FieldOwner.Event);
        End(start, RecordKind.Event);
    }

    /// <summary>A device token record; <paramref name="keys"/> go along where anything is left of them without their nulls.</summary>
    public void Token(JsonSlice objectId, JsonSlice token, ReadOnlySpan<byte> tokenType, JsonSlice keys)
    {
        int start = Begin("{\"type\":\"token\""u8, RecordIdentity.Device(objectId), ts: default);
        output.Append(",\"tokenData\":{\"id\":"u8);
        output.Append(token.Span);
        output.Append(",\"type\":\""u8);
        output.Append(tokenType);
        output.Append((byte)'"');
        if (!keys.IsNullOrMissing)
        {
            int before = output.Length;
            output.Append(",\"keys\":"u8);
            new EcmaScriptJsonWriter(output).AppendPruned(keys, numbers, out bool anyLeft);
            if (!anyLeft)
            {
                output.TruncateTo(before);
            }
        }

        output.Append((byte)'}');
        End(start, RecordKind.Token);
    }

    /// <summary>A finished record.</summary>
    public void Append(CleverTapRecord record)
    {
        int start = output.Length;
        output.Append(record.Utf8Json.Span);
        records.Add(new Written(record.Kind, start, output.Length - start));
    }

    /// <summary>The records written so far as objects that own their memory.</summary>
    public CleverTapRecord[] ToRecords()
    {
        ReadOnlyMemory<byte> bytes = output.Written.ToArray();
        var result = new CleverTapRecord[records.Count];
        for (int index = 0; index < result.Length; index++)
        {
            Written record = records[index];
            result[index] = CleverTapRecord.Create(record.Kind, bytes.Slice(record.Start, record.Length));
        }

        return result;
    }

    private int Begin(ReadOnlySpan<byte> head, RecordIdentity user, JsonSlice ts)
    {
        int start = output.Length;
        output.Append(head);
        if (user.Field != RecordIdentity.IdField.None)
        {
            output.Append(user.Field == RecordIdentity.IdField.Identity ? ",\"identity\":"u8 : ",\"objectId\":"u8);
            rules?.Id(user);
            Text(user.Id);
        }

        if (!ts.IsMissing)
        {
            output.Append(",\"ts\":"u8);
            if (ts.Kind == JsonValueKind.Number)
            {
                JsonNumber.Append(output, ts.Span, numbers);
            }
            else
            {
                output.Append(ts.Span);
            }
        }

        return start;
    }

    private void End(int start, RecordKind kind)
    {
        output.Append((byte)'}');
        records.Add(new Written(kind, start, output.Length - start));
    }

    /// <summary>An id or name: text as it came, a number as its text, null as null.</summary>
    private void Text(JsonSlice value)
    {
        bool quote = value.Kind == JsonValueKind.Number;
        if (quote)
        {
            output.Append((byte)'"');
            JsonNumber.Append(output, value.Span, NumberFormat.Exact);
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
