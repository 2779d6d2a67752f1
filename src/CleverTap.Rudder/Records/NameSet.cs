using System.Text;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>A small set of ASCII names that ignores case and, optionally, spaces.</summary>
/// <remarks>A look-up in UTF-8 text creates no strings.</remarks>
internal sealed class NameSet
{
    private readonly bool spacesCount;
    private readonly byte[][] names;
    private readonly int maxLength;

    /// <summary>For the low five bits of each first letter, one bit for each length of a name. It rejects nearly all texts early.</summary>
    private readonly ulong[] lengths = new ulong[32];

    public NameSet(bool spacesCount, params ReadOnlySpan<string> names)
    {
        this.spacesCount = spacesCount;
        Names = names.ToArray();
        this.names = new byte[names.Length][];
        for (int i = 0; i < names.Length; i++)
        {
            var normal = new byte[names[i].Length];
            int length = Normalize(Encoding.ASCII.GetBytes(names[i]), normal);
            this.names[i] = normal[..length];
            maxLength = Math.Max(maxLength, length);
            lengths[normal[0] & 31] |= 1UL << length;
        }
    }

    /// <summary>The names as they were given.</summary>
    public IReadOnlyList<string> Names { get; }

    public bool Contains(string name) => Contains(Encoding.UTF8.GetBytes(name));

    public bool Contains(ReadOnlySpan<byte> utf8Name)
    {
        if (!spacesCount && utf8Name.StartsWith(" "u8))
        {
            utf8Name = utf8Name.TrimStart((byte)' ');
        }

        if (utf8Name.IsEmpty || lengths[utf8Name[0] & 31] == 0)
        {
            return false;
        }

        int letters = spacesCount ? utf8Name.Length : utf8Name.Length - utf8Name.Count((byte)' ');
        if (letters > maxLength || (lengths[utf8Name[0] & 31] & (1UL << letters)) == 0)
        {
            return false;
        }

        Span<byte> normal = stackalloc byte[maxLength];
        int length = Normalize(utf8Name, normal);
        if (length < 0)
        {
            return false;
        }

        foreach (byte[] name in names)
        {
            if (name.Length == length && normal[..length].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the normal form and returns its length; -1 if it is longer than every name.</summary>
    private int Normalize(ReadOnlySpan<byte> name, Span<byte> normal)
    {
        int length = 0;
        foreach (byte character in name)
        {
            if (character == ' ' && !spacesCount)
            {
                continue;
            }

            if (length == normal.Length)
            {
                return -1;
            }

            normal[length++] = character is >= (byte)'A' and <= (byte)'Z' ? (byte)(character | 0x20) : character;
        }

        return length;
    }
}
