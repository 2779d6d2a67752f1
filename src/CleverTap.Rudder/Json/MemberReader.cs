namespace CleverTap.Rudder.Internal.Json;

/// <summary>
/// Walks the members of an object, nested values as slices. Anything but an object has no members. Throws a JsonException
/// where the object is not well-formed, which a value of an event that was checked never does.
/// </summary>
internal ref struct MemberReader
{
    private readonly byte[] array;
    private readonly int offset;
    private readonly ReadOnlySpan<byte> json;
    private readonly int limit;
    private int at;
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

        // The scanner looks ahead a vector or block at a time; what stands behind the object in its array lets it do so up to the end.
        json = array.AsSpan(offset, Math.Min(array.Length - offset, limit + JsonBlockScanner.Block));
    }

    /// <summary>The member's name in canonical spelling.</summary>
    public ReadOnlySpan<byte> NameSpan { get; private set; }

    /// <summary>The member's name, hashed.</summary>
    public readonly FieldName Name =>
        unescaped is null ? new FieldName(array, offset + Start + 1, NameSpan) : new FieldName(unescaped, 0, NameSpan);

    public readonly JsonSlice Value => new(array, offset + value, at - value);

    public readonly ReadOnlySpan<byte> ValueSpan => json[value..at];

    /// <summary>At least as many levels as the value is deep; 0 for a scalar.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the member begins, with the quote before its name.</summary>
    public int Start { get; private set; }

    /// <summary>Whether the member may be copied as it stands: <c>"name":value</c> without white space or escapes in the name, and a value that needs no change.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The index behind the member, or behind the object once there is no next member.</summary>
    public readonly int End => at;

    public bool Next()
    {
        if (!isOpen)
        {
            return false;
        }

        bool isFirst = at == 0;
        int name = JsonTokenizer.SkipWhiteSpace(json, isFirst ? 1 : at);
        byte character = JsonTokenizer.At(json, name);
        if (character == '}')
        {
            return Leave(name);
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

        int end = JsonTokenizer.EndOfString(json, name, out bool hasEscapes);
        int colon = JsonTokenizer.SkipWhiteSpace(json, end);
        if (JsonTokenizer.At(json, colon) != ':')
        {
            JsonTokenizer.Fail();
        }

        value = JsonTokenizer.SkipWhiteSpace(json, colon + 1);
        at = JsonTokenizer.EndOfValue(json, value, out int depth, out bool isFinal);
        if (at >= limit)
        {
            JsonTokenizer.Fail();
        }

        NameSpan = json.Slice(name + 1, end - name - 2);
        unescaped = hasEscapes ? JsonText.Encode(JsonText.Decode(NameSpan)) : null;
        if (hasEscapes)
        {
            NameSpan = unescaped;
        }

        Depth = depth;
        Start = name;
        IsFinal = isFinal && !hasEscapes && value == end + 1;
        return true;
    }

    private bool Leave(int bracket)
    {
        at = bracket + 1;
        isOpen = false;
        if (at > limit)
        {
            JsonTokenizer.Fail();
        }

        return false;
    }
}
