namespace CleverTap.Rudder.Internal.Json;

/// <summary>Writes well-formed JSON without white space, as ECMAScript's <c>JSON.stringify</c> prints it.</summary>
/// <remarks>
/// Numbers and strings get their canonical form, the last of duplicate members wins, and members whose names are array indexes come
/// first. Not thread-safe.
/// </remarks>
internal sealed class EcmaScriptJsonWriter(Utf8Buffer output)
{
    private readonly WrittenMembers members = new(output);
    private NumberFormat numberFormat;
    private bool prune;
    private bool asText;
    private bool exact;

    /// <summary>The length of a quote: one byte, or two if it is escaped.</summary>
    private int QuoteLength => asText ? 2 : 1;

    /// <summary>Appends the value.</summary>
    /// <returns>False if a number in the value is beyond the range of a double and became null.</returns>
    public bool Append(JsonSlice value, NumberFormat numbers)
    {
        Run(value, numbers);
        return exact;
    }

    /// <summary>Appends the text of the value as a JSON string: <c>{"a":1}</c> becomes <c>"{\"a\":1}"</c>.</summary>
    /// <returns>False if a number in the value is beyond the range of a double and became null.</returns>
    public bool AppendAsText(JsonSlice value, NumberFormat numbers)
    {
        output.Append((byte)'"');
        Run(value, numbers, toText: true);
        output.Append((byte)'"');
        return exact;
    }

    /// <summary>Appends the value without nulls and without objects and arrays that are empty after that.</summary>
    /// <param name="value">The value.</param>
    /// <param name="numbers">How numbers are written.</param>
    /// <param name="anyLeft">False if nothing is left; then nothing is appended.</param>
    /// <returns>False if a number in the value is beyond the range of a double and became null.</returns>
    public bool AppendPruned(JsonSlice value, NumberFormat numbers, out bool anyLeft)
    {
        anyLeft = Run(value, numbers, withoutNulls: true);
        return exact;
    }

    private bool Run(JsonSlice value, NumberFormat numbers, bool toText = false, bool withoutNulls = false)
    {
        asText = toText;
        prune = withoutNulls;
        numberFormat = numbers;
        exact = true;
        members.RemoveFrom(0);
        int position = 0;
        return Write(value.Span, ref position);
    }

    /// <summary>Writes the value that begins at <paramref name="position"/> and moves the position to the end of the value.</summary>
    /// <returns>False if pruning leaves nothing of the value.</returns>
    private bool Write(ReadOnlySpan<byte> json, ref int position)
    {
        switch (JsonTokenizer.At(json, position))
        {
            case (byte)'{':
                return WriteObject(json, ref position);
            case (byte)'[':
                return WriteArray(json, ref position);
            case (byte)'"':
                WriteString(json, ref position);
                return true;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                WriteNumber(json, ref position);
                return true;
            default:
                return WriteLiteral(json, ref position);
        }
    }

    private void WriteNumber(ReadOnlySpan<byte> json, ref int position)
    {
        int start = position;
        position = JsonTokenizer.EndOfValue(json, start, out _, out _);
        exact &= JsonNumber.Append(output, json[start..position], numberFormat);
    }

    private bool WriteLiteral(ReadOnlySpan<byte> json, ref int position)
    {
        int start = position;
        position = JsonTokenizer.EndOfValue(json, start, out _, out _);
        if (prune && json[start] == 'n')
        {
            return false;
        }

        output.Append(json[start..position]);
        return true;
    }

    private bool WriteArray(ReadOnlySpan<byte> json, ref int position)
    {
        int start = output.Length;
        output.Append((byte)'[');
        int empty = output.Length;
        for (bool isFirst = true; MoveToNext(json, ref position, (byte)']', isFirst); isFirst = false)
        {
            int element = output.Length;
            AppendCommaAfter(empty);
            if (!Write(json, ref position))
            {
                output.TruncateTo(element);
            }
        }

        return Close((byte)']', start, empty);
    }

    private bool WriteObject(ReadOnlySpan<byte> json, ref int position)
    {
        int start = output.Length;
        output.Append((byte)'{');
        int empty = output.Length;
        int firstMember = members.Count;
        bool anyPruned = false;
        var names = default(NameSummary);
        for (bool isFirst = true; MoveToNext(json, ref position, (byte)'}', isFirst); isFirst = false)
        {
            AppendCommaAfter(empty);
            anyPruned |= !WriteMember(json, ref position, ref names);
        }

        if (anyPruned || IsOutOfOrder(firstMember, names))
        {
            members.Reorder(firstMember, empty, QuoteLength);
        }

        members.RemoveFrom(firstMember);
        return Close((byte)'}', start, empty);
    }

    /// <summary>Writes a name and its value and adds them to the list of members.</summary>
    /// <returns>False if pruning leaves nothing of the value.</returns>
    private bool WriteMember(ReadOnlySpan<byte> json, ref int position, ref NameSummary names)
    {
        int name = output.Length + QuoteLength;
        WriteName(json, ref position);
        int nameLength = output.Length - name - QuoteLength;
        names.Add(output.Slice(name, nameLength));
        output.Append((byte)':');
        bool isLeft = Write(json, ref position);
        members.Add(new WrittenMember(name, nameLength, output.Length, isLeft));
        return isLeft;
    }

    /// <summary>Whether ECMAScript would write the members in another order, or not all of them.</summary>
    private bool IsOutOfOrder(int firstMember, NameSummary names) =>
        members.Count - firstMember > 1 && (names.HasArrayIndex || (names.MayHaveDuplicates && members.MayHaveDuplicates(firstMember)));

    /// <summary>Moves to the next element or member.</summary>
    /// <returns>False at the closing bracket; the position is then after the bracket.</returns>
    private static bool MoveToNext(ReadOnlySpan<byte> json, ref int position, byte closing, bool isFirst)
    {
        position = JsonTokenizer.SkipWhiteSpace(json, isFirst ? position + 1 : position);
        if (JsonTokenizer.At(json, position) == closing)
        {
            position++;
            return false;
        }

        if (!isFirst)
        {
            if (JsonTokenizer.At(json, position) != ',')
            {
                JsonTokenizer.Fail();
            }

            position = JsonTokenizer.SkipWhiteSpace(json, position + 1);
        }

        return true;
    }

    private void WriteName(ReadOnlySpan<byte> json, ref int position)
    {
        if (JsonTokenizer.At(json, position) != '"')
        {
            JsonTokenizer.Fail();
        }

        WriteString(json, ref position);
        position = JsonTokenizer.SkipWhiteSpace(json, position);
        if (JsonTokenizer.At(json, position) != ':')
        {
            JsonTokenizer.Fail();
        }

        position = JsonTokenizer.SkipWhiteSpace(json, position + 1);
    }

    private void WriteString(ReadOnlySpan<byte> json, ref int position)
    {
        int start = position + 1;
        position = JsonTokenizer.EndOfString(json, position, out bool hasEscapes);
        ReadOnlySpan<byte> content = json[start..(position - 1)];
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

    private void AppendCommaAfter(int empty)
    {
        if (output.Length > empty)
        {
            output.Append((byte)',');
        }
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

    /// <summary>Summarises an object's names, so that most objects need no pairwise comparison.</summary>
    private struct NameSummary
    {
        private ulong seen;

        public bool HasArrayIndex { get; private set; }

        public bool MayHaveDuplicates { get; private set; }

        public void Add(ReadOnlySpan<byte> name)
        {
            HasArrayIndex |= WrittenMembers.IsArrayIndex(name, out _);

            // One bit for the length and the ends of each name: names with different bits are different names.
            ulong bit = name.IsEmpty ? 1 : 1UL << ((name.Length + (name[0] * 3) + (name[^1] * 7)) & 63);
            MayHaveDuplicates |= (seen & bit) != 0;
            seen |= bit;
        }
    }
}
