namespace CleverTap.Rudder.Internal.Json;

/// <summary>
/// Walks the elements of an array, each as a slice. Anything but an array has no elements. Throws a JsonException where the
/// array is not well-formed, which a value of an event that was checked never does.
/// </summary>
internal ref struct ElementReader
{
    private readonly byte[] array;
    private readonly int offset;
    private readonly ReadOnlySpan<byte> json;
    private int at;
    private bool isOpen;

    public ElementReader(JsonSlice list)
    {
        ArraySegment<byte> segment = list.Segment;
        array = segment.Array ?? [];
        offset = segment.Offset;
        json = segment;
        isOpen = !json.IsEmpty && json[0] == '[';
    }

    public JsonSlice Value { get; private set; }

    /// <summary>The index behind the array, once there is no next element.</summary>
    public readonly int End => at;

    public bool Next()
    {
        if (!isOpen)
        {
            return false;
        }

        bool isFirst = at == 0;
        int value = JsonTokenizer.SkipWhiteSpace(json, isFirst ? 1 : at);
        byte character = JsonTokenizer.At(json, value);
        if (character == ']')
        {
            at = value + 1;
            isOpen = false;
            return false;
        }

        if (!isFirst)
        {
            if (character != ',')
            {
                JsonTokenizer.Fail();
            }

            value = JsonTokenizer.SkipWhiteSpace(json, value + 1);
        }

        at = JsonTokenizer.EndOfValue(json, value, out _, out _);
        Value = new JsonSlice(array, offset + value, at - value);
        return true;
    }
}
