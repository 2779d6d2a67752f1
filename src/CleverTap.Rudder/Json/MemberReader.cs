namespace CleverTap.Rudder.Internal.Json;

/// <summary>Reads the members of an object one after another, nested values as slices.</summary>
/// <remarks>
/// A value that is not an object has no members. Throws a JsonException if the object is not well-formed, which cannot happen with a
/// value of an event that was checked. <see cref="Next"/> runs for every member of an event. Without white space around a name, as nearly
/// always, it finds the name and the value at once; the steps that look for them are methods of their own.
/// </remarks>
internal ref struct MemberReader
{
    private readonly byte[] array;
    private readonly int offset;
    private readonly ReadOnlySpan<byte> json;
    private readonly int limit;
    private int position;
    private int value;
    private bool isOpen;
    private byte[]? unescaped;

    public MemberReader(JsonSlice bag)
    {
        ArraySegment<byte> segment = bag.Segment;
        array = segment.Array ?? [];
        offset = segment.Offset;
        isOpen = segment.Count > 0 && segment[0] == '{';
        limit = segment.Count;

        // The tokenizer loads whole vectors and blocks. With the bytes after the object it can do so up to the end of the object.
        json = array.AsSpan(offset, Math.Min(array.Length - offset, limit + JsonBlockScanner.Block));
    }

    /// <summary>The canonical name of the member.</summary>
    public ReadOnlySpan<byte> NameSpan { get; private set; }

    /// <summary>The canonical name of the member with its hash.</summary>
    public readonly FieldName Name =>
        unescaped is null ? new FieldName(array, offset + Start + 1, NameSpan) : new FieldName(unescaped, 0, NameSpan);

    public readonly JsonSlice Value => new(array, offset + value, position - value);

    public readonly ReadOnlySpan<byte> ValueSpan => json[value..position];

    /// <summary>An upper bound of the nesting depth of the value; 0 for a scalar.</summary>
    public int Depth { get; private set; }

    /// <summary>The position of the quote before the name.</summary>
    public int Start { get; private set; }

    /// <summary>Whether the member may be copied byte by byte.</summary>
    /// <remarks>
    /// True for <c>"name":value</c> without white space, without escapes in the name, and with a value that needs no change.
    /// </remarks>
    public bool CanCopyVerbatim { get; private set; }

    /// <summary>Whether the value needs no change.</summary>
    public bool IsCanonical { get; private set; }

    /// <summary>The position after the member, or after the object once <see cref="Next"/> returns false.</summary>
    public readonly int End => position;

    /// <summary>Moves to the next member.</summary>
    /// <returns>False if there are no more members.</returns>
    public bool Next()
    {
        if (!isOpen)
        {
            return false;
        }

        int before = position;
        int name = before + 1;
        bool isAtName = JsonTokenizer.At(json, name) == '"' && (before == 0 || json[before] == ',');
        if (!isAtName && !TryFindName(out name))
        {
            return false;
        }

        int end = JsonTokenizer.EndOfString(json, name, out bool hasEscapes);
        bool isAtValue = JsonTokenizer.At(json, end + 1) > ' ' && json[end] == ':';
        int start = isAtValue ? end + 1 : FindValue(end);
        int after = JsonTokenizer.EndOfValue(json, start, out int depth, out bool isCanonical);
        if (after >= limit)
        {
            JsonTokenizer.Fail();
        }

        value = start;
        position = after;
        NameSpan = json.Slice(name + 1, end - name - 2);
        unescaped = hasEscapes ? JsonText.Encode(JsonText.Decode(NameSpan)) : null;
        if (hasEscapes)
        {
            NameSpan = unescaped;
        }

        Depth = depth;
        Start = name;
        IsCanonical = isCanonical;
        CanCopyVerbatim = isCanonical && !hasEscapes && isAtValue;
        return true;
    }

    /// <summary>
    /// Moves to the next member without looking for the end of its value: <see cref="Rest"/> is the text from there on. The caller reads
    /// the value and calls <see cref="Skip"/>.
    /// </summary>
    /// <returns>False if there are no more members.</returns>
    public bool NextInPlace()
    {
        if (!isOpen || !TryFindName(out int name))
        {
            return false;
        }

        int end = JsonTokenizer.EndOfString(json, name, out bool hasEscapes);
        value = FindValue(end);
        if (value >= limit)
        {
            JsonTokenizer.Fail();
        }

        position = value;
        NameSpan = json.Slice(name + 1, end - name - 2);
        if (hasEscapes)
        {
            NameSpan = JsonText.Encode(JsonText.Decode(NameSpan));
        }

        return true;
    }

    /// <summary>The text from the value on that <see cref="NextInPlace"/> found.</summary>
    public readonly JsonSlice Rest => new(array, offset + value, limit - value);

    /// <summary>Moves behind a value of this length.</summary>
    public void Skip(int length) => position += length;

    /// <summary>Finds the next name behind white space.</summary>
    /// <returns>False if the object ends.</returns>
    private bool TryFindName(out int name)
    {
        bool isFirst = position == 0;
        name = JsonTokenizer.SkipWhiteSpace(json, isFirst ? 1 : position);
        byte character = JsonTokenizer.At(json, name);
        if (character == '}')
        {
            return Close(name);
        }

        if (!isFirst)
        {
            if (character != ',')
            {
                JsonTokenizer.Fail();
            }

            name = JsonTokenizer.SkipWhiteSpace(json, name + 1);
            character = JsonTokenizer.At(json, name);
        }

        if (character != '"')
        {
            JsonTokenizer.Fail();
        }

        return true;
    }

    /// <summary>Finds the value behind a name, a colon and white space.</summary>
    private readonly int FindValue(int nameEnd)
    {
        int colon = JsonTokenizer.SkipWhiteSpace(json, nameEnd);
        if (JsonTokenizer.At(json, colon) != ':')
        {
            JsonTokenizer.Fail();
        }

        return JsonTokenizer.SkipWhiteSpace(json, colon + 1);
    }

    private bool Close(int bracket)
    {
        position = bracket + 1;
        isOpen = false;
        if (position > limit)
        {
            JsonTokenizer.Fail();
        }

        return false;
    }
}
