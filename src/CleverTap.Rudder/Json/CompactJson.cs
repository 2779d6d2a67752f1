using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>
/// Writes well-formed JSON again without white space, as ECMAScript's <c>JSON.stringify</c> prints it: numbers and
/// strings in one spelling, the last of duplicate members, members named like array indexes first. Not thread-safe.
/// </summary>
internal sealed class CompactJson(Utf8Buffer output)
{
    private const int SmallObject = 8;

    private readonly List<Member> members = [];
    private NumberSpelling spelling;
    private bool prune;
    private bool exact;

    /// <summary>Appends the value; false when a number in it was beyond the range of a double and became null.</summary>
    public bool Append(JsonValue value, NumberSpelling numbers)
    {
        prune = false;
        return Run(value, numbers, out _);
    }

    /// <summary>Appends the value without its nulls and without what holds nothing else; appends nothing where nothing is left.</summary>
    public bool AppendPruned(JsonValue value, NumberSpelling numbers, out bool anyLeft)
    {
        prune = true;
        return Run(value, numbers, out anyLeft);
    }

    private bool Run(JsonValue value, NumberSpelling numbers, out bool anyLeft)
    {
        spelling = numbers;
        exact = true;
        members.Clear();
        var reader = new Utf8JsonReader(value.Raw.Span);
        reader.Read();
        anyLeft = Write(ref reader);
        return exact;
    }

    private bool Write(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return WriteObject(ref reader);
            case JsonTokenType.StartArray:
                return WriteArray(ref reader);
            case JsonTokenType.Number:
                exact &= JsonNumber.Append(output, reader.ValueSpan, spelling);
                return true;
            case JsonTokenType.String:
                output.Append((byte)'"');
                AppendContent(ref reader);
                output.Append((byte)'"');
                return true;
            case JsonTokenType.Null when prune:
                return false;
            default:
                output.Append(reader.ValueSpan);
                return true;
        }
    }

    private bool WriteArray(ref Utf8JsonReader reader)
    {
        int start = output.Length;
        output.Append((byte)'[');
        int empty = output.Length;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int element = output.Length;
            if (element > empty) output.Append((byte)',');
            if (!Write(ref reader)) output.TruncateTo(element);
        }

        return Close((byte)']', start, empty);
    }

    private bool WriteObject(ref Utf8JsonReader reader)
    {
        int start = output.Length;
        output.Append((byte)'{');
        int empty = output.Length;
        int first = members.Count;
        bool inOrder = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            int begin = output.Length;
            if (begin > empty) output.Append((byte)',');
            output.Append((byte)'"');
            int name = output.Length;
            AppendContent(ref reader);
            int nameLength = output.Length - name;
            inOrder &= !IsArrayIndex(output.Slice(name), out _);
            output.Append("\":"u8);
            reader.Read();
            if (Write(ref reader)) members.Add(new Member(name, nameLength, output.Length));
            else output.TruncateTo(begin);
        }

        if (members.Count - first > 1 && (!inOrder || MayHaveDuplicates(first))) Reorder(first, empty);
        members.RemoveRange(first, members.Count - first);
        return Close((byte)'}', start, empty);
    }

    private bool Close(byte bracket, int start, int empty)
    {
        if (prune && output.Length == empty)
        {
            output.TruncateTo(start);
            return false;
        }

        output.Append(bracket);
        return true;
    }

    private void AppendContent(ref Utf8JsonReader reader) =>
        output.Append(reader.ValueIsEscaped ? JsonText.Encode(JsonText.Decode(reader.ValueSpan)) : reader.ValueSpan);

    private bool MayHaveDuplicates(int first)
    {
        int count = members.Count - first;
        if (count > SmallObject)
        {
            var seen = new HashSet<FieldName>(count);
            for (int i = first; i < members.Count; i++)
            {
                if (!seen.Add(Name(members[i]))) return true;
            }

            return false;
        }

        for (int i = first; i < members.Count; i++)
        {
            for (int j = i + 1; j < members.Count; j++)
            {
                if (NameSpan(members[i]).SequenceEqual(NameSpan(members[j]))) return true;
            }
        }

        return false;
    }

    /// <summary>Writes the members of one object once more: array indexes first and ascending, each name once.</summary>
    private void Reorder(int first, int from)
    {
        var places = new Dictionary<FieldName, int>();
        var kept = new List<(uint? Index, byte[] Text)>();
        for (int i = first; i < members.Count; i++)
        {
            Member member = members[i];
            uint? index = IsArrayIndex(NameSpan(member), out uint value) ? value : null;
            byte[] text = output.Slice(member.Name - 1, member.End - member.Name + 1).ToArray();
            FieldName name = Name(member);
            if (places.TryGetValue(name, out int place)) kept[place] = (index, text);
            else
            {
                places.Add(name, kept.Count);
                kept.Add((index, text));
            }
        }

        output.TruncateTo(from);
        foreach ((_, byte[] text) in kept.OrderBy(member => member.Index ?? long.MaxValue))
        {
            if (output.Length > from) output.Append((byte)',');
            output.Append(text);
        }
    }

    private ReadOnlySpan<byte> NameSpan(Member member) => output.Slice(member.Name, member.NameLength);

    private FieldName Name(Member member) => new(NameSpan(member).ToArray());

    private static bool IsArrayIndex(ReadOnlySpan<byte> name, out uint index)
    {
        index = 0;
        return name.Length is > 0 and <= 10
            && name[0] is >= (byte)'0' and <= (byte)'9'
            && (name[0] != '0' || name.Length == 1)
            && uint.TryParse(Encoding.ASCII.GetString(name), NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index < uint.MaxValue;
    }

    private readonly record struct Member(int Name, int NameLength, int End);
}
