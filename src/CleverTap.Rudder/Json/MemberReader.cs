namespace CleverTap.Rudder;

/// <summary>
/// Walks the members of an object, nested values as slices. Anything but an object has no members. Throws a JsonException
/// where the object is not well-formed, which a value of an event that was checked never does.
/// </summary>
internal ref struct MemberReader
{
    private readonly ReadOnlyMemory<byte> source;
    private readonly ReadOnlySpan<byte> json;
    private int at;
    private bool isOpen;

    public MemberReader(JsonValue bag)
    {
        source = bag.Raw;
        json = source.Span;
        isOpen = !json.IsEmpty && json[0] == '{';
    }

    /// <summary>The member's name in canonical spelling.</summary>
    public ReadOnlyMemory<byte> Name { get; private set; }

    /// <summary>The same bytes as <see cref="Name"/>.</summary>
    public ReadOnlySpan<byte> NameSpan { get; private set; }

    public JsonValue Value { get; private set; }

    /// <summary>The same bytes as <see cref="Value"/>.</summary>
    public ReadOnlySpan<byte> ValueSpan { get; private set; }

    /// <summary>At least as many levels as the value is deep; 0 for a scalar.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the member begins, with the quote before its name.</summary>
    public int Start { get; private set; }

    /// <summary>Whether the member is spelt <c>"name":value</c>, with neither white space between nor escapes in the name.</summary>
    public bool IsTight { get; private set; }

    /// <summary>The index behind the member, or behind the object once there is no next member.</summary>
    public readonly int End => at;

    public bool Next()
    {
        if (!isOpen) return false;
        bool isFirst = at == 0;
        int name = JsonScanner.SkipWhiteSpace(json, isFirst ? 1 : at);
        byte character = At(name);
        if (character == '}') return Leave(name);
        if (!isFirst)
        {
            if (character != ',') JsonScanner.Fail();
            name = JsonScanner.SkipWhiteSpace(json, name + 1);
            character = At(name);
        }

        if (character != '"') JsonScanner.Fail();
        int end = JsonScanner.EndOfString(json, name, out bool hasEscapes);
        int colon = JsonScanner.SkipWhiteSpace(json, end);
        if (At(colon) != ':') JsonScanner.Fail();
        int value = JsonScanner.SkipWhiteSpace(json, colon + 1);
        at = JsonScanner.EndOfValue(json, value, out int depth);

        Name = source.Slice(name + 1, end - name - 2);
        NameSpan = json.Slice(name + 1, end - name - 2);
        if (hasEscapes) NameSpan = (Name = JsonText.Canonical(Name)).Span;
        Value = new JsonValue(source.Slice(value, at - value));
        ValueSpan = json[value..at];
        Depth = depth;
        Start = name;
        IsTight = !hasEscapes && value == end + 1;
        return true;
    }

    private bool Leave(int bracket)
    {
        at = bracket + 1;
        isOpen = false;
        return false;
    }

    private readonly byte At(int index) => (uint)index < (uint)json.Length ? json[index] : (byte)0;
}
