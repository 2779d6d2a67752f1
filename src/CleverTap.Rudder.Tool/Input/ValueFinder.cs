using System.Buffers;

namespace CleverTap.Rudder.Tool.Input;

/// <summary>Finds the elements of one array, or values one after the other, which may span lines.</summary>
/// <remarks>It counts brackets outside of strings. A value whose end is missing takes what follows it with it, and <see cref="MissingEnd"/> reports it.</remarks>
/// <param name="isArray">Whether the text begins with the bracket of an array.</param>
internal sealed class ValueFinder(bool isArray) : IPartFinder
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> StringEnd = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create(" \t\r\n,]"u8);

    private const string ArrayEnd = "the end of the array";
    private const string ValueEnd = "the end of an event, which may hold the events after it";

    private bool isBeforeArray = isArray;
    private bool isInside;
    private bool isString;
    private int depth;
    private int start;
    private int position;

    public int PartLength => position - start;

    public string? MissingEnd { get; private set; } = isArray ? ArrayEnd : null;

    public bool TryFind(ReadOnlySpan<byte> unread, bool isEnded, out PartRange part)
    {
        part = default;
        if (!isInside && !TryStart(unread))
        {
            return false;
        }

        if (!TrySkipValue(unread))
        {
            if (!isEnded)
            {
                return false;
            }

            MissingEnd = depth > 0 || isString ? ValueEnd : MissingEnd;
        }

        part = new PartRange(start, unread[start..position].TrimEnd(" \t\r\n"u8).Length, position);
        isInside = isString = false;
        depth = start = position = 0;
        return true;
    }

    public int Drop()
    {
        int dropped = position;
        start = position = 0;
        return dropped;
    }

    /// <summary>Skips what separates values.</summary>
    private bool TryStart(ReadOnlySpan<byte> unread)
    {
        while (position < unread.Length)
        {
            byte next = unread[position];
            bool isSeparator = next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)']';
            if (!isSeparator && !(isBeforeArray && next == (byte)'['))
            {
                start = position;
                isInside = true;
                isBeforeArray = false;
                return true;
            }

            isBeforeArray &= next != (byte)'[';
            MissingEnd = next == (byte)']' ? null : MissingEnd;
            position++;
        }

        start = position;
        return false;
    }

    /// <summary>Moves to the end of the value; false if more text is needed.</summary>
    private bool TrySkipValue(ReadOnlySpan<byte> unread)
    {
        while (position < unread.Length)
        {
            if (isString)
            {
                if (!TrySkipString(unread))
                {
                    return false;
                }
            }
            else if (depth == 0 && unread[position] is not ((byte)'"' or (byte)'{' or (byte)'['))
            {
                return TryMove(unread[position..].IndexOfAny(ScalarEnd), unread.Length);
            }
            else if (!TryMove(unread[position..].IndexOfAny(Structure), unread.Length))
            {
                return false;
            }
            else
            {
                Enter(unread[position++]);
            }

            if (depth == 0 && !isString)
            {
                return true;
            }
        }

        return false;
    }

    private void Enter(byte structure)
    {
        isString = structure == (byte)'"';
        if (structure is (byte)'{' or (byte)'[')
        {
            depth++;
        }
        else if (structure is (byte)'}' or (byte)']')
        {
            depth--;
        }
    }

    /// <summary>Moves behind the end of the string; stops before an escape whose second byte is missing.</summary>
    private bool TrySkipString(ReadOnlySpan<byte> unread)
    {
        while (TryMove(unread[position..].IndexOfAny(StringEnd), unread.Length))
        {
            if (unread[position] == (byte)'"')
            {
                position++;
                isString = false;
                return true;
            }

            if (position + 1 == unread.Length)
            {
                return false;
            }

            position += 2;
        }

        return false;
    }

    private bool TryMove(int offset, int length)
    {
        position = offset < 0 ? length : position + offset;
        return offset >= 0;
    }
}
