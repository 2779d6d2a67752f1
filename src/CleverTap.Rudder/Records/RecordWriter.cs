using System.Runtime.InteropServices;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Writes records in the format of CleverTap's upload, one after another. Not thread-safe.</summary>
internal sealed class RecordWriter
{
    private readonly Utf8Buffer output = new();
    private readonly FieldWriter fields;
    private readonly List<Written> records = [];
    private RecordValidator? validator;
    private NumberFormat numbers;

    public RecordWriter() => fields = new FieldWriter(output);

    public ReadOnlySpan<byte> Bytes => output.Written;

    public ReadOnlySpan<Written> Records => CollectionsMarshal.AsSpan(records);

    /// <summary>Removes all records and sets how the next ones are written.</summary>
    public void Start(NumberFormat numberFormat, RecordValidator? recordValidator)
    {
        output.Clear();
        records.Clear();
        numbers = numberFormat;
        validator = recordValidator;
    }

    /// <summary>Writes a profile record.</summary>
    /// <param name="user">The user.</param>
    /// <param name="ts">The value of <c>ts</c>, which is omitted if it is missing.</param>
    /// <param name="profileData">The attributes.</param>
    /// <param name="withNulls">Whether attributes that are null are sent.</param>
    public void WriteProfile(RecordIdentity user, JsonSlice ts, TraitFields profileData, bool withNulls = false)
    {
        int start = Begin("{\"type\":\"profile\""u8, user, ts);
        output.Append(",\"profileData\":"u8);
        int count = fields.Write(profileData, withNulls, numbers, validator);
        validator?.CheckFieldCount(count, FieldOwner.Profile);
        End(start, RecordKind.Profile);
    }

    /// <summary>Writes the record that adds the identity of the user to the profile of an anonymous id, as an alias call does.</summary>
    public void WriteLink(RecordIdentity anonymous, JsonSlice ts, JsonSlice identity)
    {
        int start = Begin("{\"type\":\"profile\""u8, anonymous, ts);
        output.Append(",\"profileData\":{\"identity\":"u8);
        validator?.CheckIdentity(identity);
        WriteText(identity);
        output.Append((byte)'}');
        End(start, RecordKind.Link);
    }

    /// <summary>Writes an event record.</summary>
    /// <param name="user">The user.</param>
    /// <param name="ts">The value of <c>ts</c>, which is omitted if it is missing.</param>
    /// <param name="name">The name of the event.</param>
    /// <param name="data">The properties.</param>
    /// <param name="withNulls">Whether properties that are null are sent.</param>
    public void WriteEvent(RecordIdentity user, JsonSlice ts, JsonSlice name, JsonFields data, bool withNulls)
    {
        validator?.CheckEventName(name);
        int start = Begin("{\"type\":\"event\""u8, user, ts);
        output.Append(",\"evtName\":"u8);
        WriteText(name);
        output.Append(",\"evtData\":"u8);
        int count = fields.Write(data, withNulls, numbers, FieldOwner.Event, validator);
        validator?.CheckFieldCount(count, FieldOwner.Event);
        End(start, RecordKind.Event);
    }

    /// <summary>Writes a device token record, with the <paramref name="keys"/> that are not null.</summary>
    public void WriteToken(JsonSlice objectId, JsonSlice token, ReadOnlySpan<byte> tokenType, JsonSlice keys)
    {
        int start = Begin("{\"type\":\"token\""u8, RecordIdentity.FromObjectId(objectId), ts: default);
        output.Append(",\"tokenData\":{\"id\":"u8);
        output.Append(token.Span);
        output.Append(",\"type\":\""u8);
        output.Append(tokenType);
        output.Append((byte)'"');
        WriteKeys(keys);
        output.Append((byte)'}');
        End(start, RecordKind.Token);
    }

    /// <summary>Appends a complete record.</summary>
    public void Append(CleverTapRecord record)
    {
        int start = output.Length;
        output.Append(record.Utf8Json.Span);
        records.Add(new Written(record.Kind, start, output.Length - start));
    }

    /// <summary>Returns the records that were written so far as objects that own their memory.</summary>
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

    /// <summary>Begins a record with its type, user and time.</summary>
    /// <returns>The position of the record in the output.</returns>
    private int Begin(ReadOnlySpan<byte> head, RecordIdentity user, JsonSlice ts)
    {
        int start = output.Length;
        output.Append(head);
        WriteUser(user);
        WriteTime(ts);
        return start;
    }

    private void WriteUser(RecordIdentity user)
    {
        if (user.Field == RecordIdentity.IdField.None)
        {
            return;
        }

        output.Append(user.Field == RecordIdentity.IdField.Identity ? ",\"identity\":"u8 : ",\"objectId\":"u8);
        validator?.CheckRecordIdentity(user);
        WriteText(user.Id);
    }

    private void WriteTime(JsonSlice ts)
    {
        if (ts.IsMissing)
        {
            return;
        }

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

    /// <summary>Writes the keys of a web push token, unless nothing is left of them without their nulls.</summary>
    private void WriteKeys(JsonSlice keys)
    {
        if (keys.IsNullOrMissing)
        {
            return;
        }

        int before = output.Length;
        output.Append(",\"keys\":"u8);
        new EcmaScriptJsonWriter(output).AppendPruned(keys, numbers, out bool anyLeft);
        if (!anyLeft)
        {
            output.TruncateTo(before);
        }
    }

    private void End(int start, RecordKind kind)
    {
        output.Append((byte)'}');
        records.Add(new Written(kind, start, output.Length - start));
    }

    /// <summary>Writes an id or name: a number becomes text, text and null do not change.</summary>
    private void WriteText(JsonSlice value)
    {
        if (value.Kind == JsonValueKind.Number)
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

    /// <summary>The position of one record in <see cref="Bytes"/>.</summary>
    internal readonly record struct Written(RecordKind Kind, int Start, int Length);
}
