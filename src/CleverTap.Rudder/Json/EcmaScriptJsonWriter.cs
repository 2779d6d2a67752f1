using System.Globalization;
using System.Text;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>
/// Writes well-formed JSON again without white space, as ECMAScript's <c>JSON.stringify</c> prints it: numbers and
/// strings in one spelling, the last of duplicate members, members named like array indexes first. Not thread-safe.
/// </summary>
internal sealed class EcmaScriptJsonWriter(Utf8Buffer output)
{
    private const int SmallObject = 8;

    /// <summary>Clearing a set costs what its largest object did: such a set is not kept for the small ones after it.</summary>
    private const int LargestKept = 256;

    private readonly List<Member> members = [];
    private HashSet<int> hashes = [];
    private NumberFormat spelling;
    private bool prune;
    private bool asText;
    private bool exact;

    /// <summary>Appends the value; false when a number in it was beyond the range of a double and became null.</summary>
    public bool Append(JsonSlice value, NumberFormat numbers)
    {
        Run(value, numbers);
        return exact;
    }

    /// <summary>Appends the value's text as a JSON string: <c>{"a":1}</c> becomes <c>"{\"a\":1}"</c>. False as above.</summary>
    public bool AppendAsText(JsonSlice value, NumberFormat numbers)
    {
        output.Append((byte)'"');
        Run(value, numbers, toText: true);
        output.Append((byte)'"');
        return exact;
    }

    /// <summary>Appends the value without its nulls and without what holds nothing else; appends nothing where nothing is left.</summary>
    public bool AppendPruned(JsonSlice value, NumberFormat numbers, out bool anyLeft)
    {
        anyLeft = Run(value, numbers, withoutNulls: true);
        return exact;
    }

    private bool Run(JsonSlice value, NumberFormat numbers, bool toText = false, bool withoutNulls = false)
    {
        asText = toText;
        prune = withoutNulls;
        spelling = numbers;
        exact = true;
        members.Clear();
        int at = 0;
        return Write(value.Span, ref at);
    }

    /// <summary>Writes the value that begins at <paramref name="at"/>, which goes to its end; false where nothing is left of it.</summary>
    private bool Write(ReadOnlySpan<byte> json, ref int at)
    {
        int start = at;
        switch (JsonTokenizer.At(json, at))
        {
            case (byte)'{':
                return WriteObject(json, ref at);
            case (byte)'[':
                return WriteArray(json, ref at);
            case (byte)'"':
                at = JsonTokenizer.EndOfString(json, at, out bool hasEscapes);
                AppendString(json[(start + 1)..(at - 1)], hasEscapes);
                return true;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                at = JsonTokenizer.EndOfValue(json, at, out _, out _);
                exact &= JsonNumber.Append(output, json[start..at], spelling);
                return true;
            default:
                at = JsonTokenizer.EndOfValue(json, at, out _, out _);
                if (prune && json[start] == 'n')
                {
                    return false;
                }

                output.Append(json[start..at]);
                return true;
        }
    }

    private bool WriteArray(ReadOnlySpan<byte> json, ref int at)
    {
        int start = output.Length;
        output.Append((byte)'[');
        int empty = output.Length;
        for (bool isFirst = true; Next(json, ref at, (byte)']', isFirst); isFirst = false)
        {
            int element = output.Length;
            if (element > empty)
            {
                output.Append((byte)',');
            }

            if (!Write(json, ref at))
            {
                output.TruncateTo(element);
            }
        }

        return Close((byte)']', start, empty);
    }

    private bool WriteObject(ReadOnlySpan<byte> json, ref int at)
    {
        int start = output.Length;
        output.Append((byte)'{');
        int empty = output.Length;
        int first = members.Count;
        bool inOrder = true;
        bool mayHaveDuplicates = false;
        bool anyPruned = false;
        ulong seen = 0;
        for (bool isFirst = true; Next(json, ref at, (byte)'}', isFirst); isFirst = false)
        {
            int begin = output.Length;
            if (begin > empty)
            {
                output.Append((byte)',');
            }

            int quote = asText ? 2 : 1;
            int name = output.Length + quote;
            WriteName(json, ref at);
            int nameLength = output.Length - name - quote;
            ReadOnlySpan<byte> text = output.Slice(name, nameLength);
            inOrder &= !IsArrayIndex(text, out _);

            // A bit for the length and the ends of each name: where no two have the same, no two names are the same.
            ulong bit = text.IsEmpty ? 1 : 1UL << ((nameLength + (text[0] * 3) + (text[^1] * 7)) & 63);
            mayHaveDuplicates |= (seen & bit) != 0;
            seen |= bit;
            output.Append((byte)':');
            bool isLeft = Write(json, ref at);
            anyPruned |= !isLeft;
            members.Add(new Member(name, nameLength, output.Length, isLeft));
        }

        if (anyPruned)
        {
            Reorder(first, empty);
        }
        else if (members.Count - first > 1 && (!inOrder || (mayHaveDuplicates && MayHaveDuplicates(first))))
        {
            Reorder(first, empty);
        }

        members.RemoveRange(first, members.Count - first);
        return Close((byte)'}', start, empty);
    }

    /// <summary>Goes to the next element or member; false where the bracket closes.</summary>
    private static bool Next(ReadOnlySpan<byte> json, ref int at, byte closing, bool isFirst)
    {
        at = JsonTokenizer.SkipWhiteSpace(json, isFirst ? at + 1 : at);
        if (JsonTokenizer.At(json, at) == closing)
        {
            at++;
            return false;
        }

        if (!isFirst)
        {
            if (JsonTokenizer.At(json, at) != ',')
            {
                JsonTokenizer.Fail();
            }

            at = JsonTokenizer.SkipWhiteSpace(json, at + 1);
        }

        return true;
    }

    private void WriteName(ReadOnlySpan<byte> json, ref int at)
    {
        if (JsonTokenizer.At(json, at) != '"')
        {
            JsonTokenizer.Fail();
        }

        Write(json, ref at);
        at = JsonTokenizer.SkipWhiteSpace(json, at);
        if (JsonTokenizer.At(json, at) != ':')
        {
            JsonTokenizer.Fail();
        }

        at = JsonTokenizer.SkipWhiteSpace(json, at + 1);
    }

    private void AppendString(ReadOnlySpan<byte> content, bool hasEscapes)
    {
        ReadOnlySpan<byte> quote = asText ? "\\\""u8 : "\""u8;
        if (!hasEscapes)
        {
            output.AppendBetween(quote, content);
            return;
        }

        content = JsonText.Encode(JsonText.Decode(content));
        output.Append(quote);
        if (asText)
        {
            JsonText.AppendEscaped(output, content);
        }
        else
        {
            output.Append(content);
        }

        output.Append(quote);
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

    private bool MayHaveDuplicates(int first)
    {
        int count = members.Count - first;
        if (count > SmallObject)
        {
            if (hashes.Count > LargestKept)
            {
                hashes = [];
            }
            else
            {
                hashes.Clear();
            }

            for (int i = first; i < members.Count; i++)
            {
                if (!hashes.Add(FieldName.Hash(NameSpan(members[i]))))
                {
                    return true;
                }
            }

            return false;
        }

        for (int i = first; i < members.Count; i++)
        {
            for (int j = i + 1; j < members.Count; j++)
            {
                if (NameSpan(members[i]).SequenceEqual(NameSpan(members[j])))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Writes the members of one object once more: array indexes first and ascending, each name once, none of which nothing is left.</summary>
    private void Reorder(int first, int from)
    {
        int quote = asText ? 2 : 1;
        var places = new Dictionary<FieldName, int>();
        var kept = new List<(uint? Index, byte[] Text)>();
        for (int i = first; i < members.Count; i++)
        {
            Member member = members[i];
            uint? index = IsArrayIndex(NameSpan(member), out uint value) ? value : null;
            byte[] text = member.IsLeft ? output.Slice(member.Name - quote, member.End - member.Name + quote).ToArray() : [];
            FieldName name = Name(member);
            if (places.TryGetValue(name, out int place))
            {
                kept[place] = (index, text);
            }
            else
            {
                places.Add(name, kept.Count);
                kept.Add((index, text));
            }
        }

        output.TruncateTo(from);
        foreach ((_, byte[] text) in kept.OrderBy(member => member.Index ?? long.MaxValue))
        {
            if (text.Length == 0)
            {
                continue;
            }

            if (output.Length > from)
            {
                output.Append((byte)',');
            }

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

    private readonly record struct Member(int Name, int NameLength, int End, bool IsLeft);
}
