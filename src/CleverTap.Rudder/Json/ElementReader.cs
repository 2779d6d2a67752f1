namespace CleverTap.Rudder.Internal.Json;

/// <summary>Reads the elements of an array one after another, each as a slice.</summary>
/// <remarks>
/// A value that is not an array has no elements. Throws a JsonException if the array is not well-formed, which cannot happen with a
/// value of an event that was checked.
/// </remarks>
internal ref struct ElementReader
{
    private readonly byte[] array;
    private readonly int offset;
    private readonly ReadOnlySpan<byte> json;
    private int position;
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

    /// <summary>The position after the array; valid after <see cref="Next"/> returns false.</summary>
    public readonly int End => position;

    /// <summary>Moves to the next element.</summary>
    /// <returns>False if there are no more elements.</returns>
    public bool Next()
    {
        if (!TryFindNext(out int value))
        {
            return false;
        }

        position = JsonTokenizer.EndOfValue(json, value, out _, out _);
        Value = new JsonSlice(array, offset + value, position - value);
        return true;
    }

    /// <summary>
    /// Moves to the next element without looking for its end: <see cref="Value"/> is the text from there on. The caller reads the element
    /// and calls <see cref="Skip"/>.
    /// </summary>
    /// <returns>False if there are no more elements.</returns>
    public bool NextInPlace()
    {
        if (!TryFindNext(out int value))
        {
            return false;
        }

        position = value;
        Value = new JsonSlice(array, offset + value, json.Length - value);
        return true;
    }

    /// <summary>Moves behind an element of this length.</summary>
    public void Skip(int length) => position += length;

    private bool TryFindNext(out int value)
    {
        value = 0;
        if (!isOpen)
        {
            return false;
        }

        bool isFirst = position == 0;
        value = JsonTokenizer.SkipWhiteSpace(json, isFirst ? 1 : position);
        byte character = JsonTokenizer.At(json, value);
        if (character == ']')
        {
            position = value + 1;
            isOpen = false;
            return false;
        }

        if (isFirst)
        {
            return true;
        }

        if (character != ',')
        {
            JsonTokenizer.Fail();
        }

        value = JsonTokenizer.SkipWhiteSpace(json, value + 1);
        return true;
    }
}
