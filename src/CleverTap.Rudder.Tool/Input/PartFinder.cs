namespace CleverTap.Rudder.Tool.Input;

/// <summary>The range of a part in the unread text, and where the next part begins.</summary>
internal readonly record struct PartRange(int Start, int Length, int Next);

/// <summary>Finds the next part of a text that grows at its end.</summary>
internal interface IPartFinder
{
    /// <summary>The number of bytes of the unfinished part so far.</summary>
    int PartLength { get; }

    /// <summary>What is missing at the end of the text; null if nothing is.</summary>
    string? MissingEnd { get; }

    /// <summary>Finds the next part; false if more text is needed, or at the end of the text.</summary>
    bool TryFind(ReadOnlySpan<byte> unread, bool isEnded, out PartRange part);

    /// <summary>Drops what was searched of the unfinished part, and returns its number of bytes. The part continues after it.</summary>
    int Drop();
}

/// <summary>Chooses how a text is split, by how it begins.</summary>
internal static class PartFinder
{
    /// <summary>
    /// Returns the finder: of values if the text is an array or its first line ends inside an object, else of lines. Null if more text is
    /// needed.
    /// </summary>
    public static IPartFinder? Choose(ReadOnlySpan<byte> text, bool isAll)
    {
        ReadOnlySpan<byte> trimmed = text.TrimStart(" \t\r\n"u8);
        if (trimmed is [(byte)'[', ..])
        {
            return new ValueFinder(isArray: true);
        }

        int lineEnd = trimmed.IndexOf((byte)'\n');
        if (lineEnd < 0)
        {
            return isAll ? new LineFinder() : null;
        }

        ReadOnlySpan<byte> firstLine = trimmed[..lineEnd].TrimEnd(" \t\r"u8);
        return firstLine is [(byte)'{', .., (byte)'{' or (byte)'[' or (byte)',' or (byte)':'] or [(byte)'{']
            ? new ValueFinder(isArray: false)
            : new LineFinder();
    }
}
