namespace CleverTap.Rudder.Tool.Input;

/// <summary>Finds lines. Blank lines are parts too.</summary>
internal sealed class LineFinder : IPartFinder
{
    private int searched;
    private bool isInside;

    public int PartLength => searched;

    public string? MissingEnd => null;

    public bool TryFind(ReadOnlySpan<byte> unread, bool isEnded, out PartRange part)
    {
        part = default;
        int length = unread[searched..].IndexOf((byte)'\n');
        if (length < 0 && !(isEnded && (unread.Length > 0 || isInside)))
        {
            searched = unread.Length;
            return false;
        }

        int lineEnd = length < 0 ? unread.Length : searched + length;
        ReadOnlySpan<byte> line = unread[..lineEnd];
        int start = lineEnd - line.TrimStart(" \t\r"u8).Length;
        part = new PartRange(start, line[start..].TrimEnd(" \t\r"u8).Length, length < 0 ? lineEnd : lineEnd + 1);
        searched = 0;
        isInside = false;
        return true;
    }

    public int Drop()
    {
        int dropped = searched;
        searched = 0;
        isInside = true;
        return dropped;
    }
}
