using System.Text;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>A small set of ASCII names in which case, <c>_</c>, <c>-</c> and spaces do not count.</summary>
internal sealed class LooseNames
{
    /// <summary>A longer text is none of the names.</summary>
    private const int MaxLength = 24;

    private readonly byte[][] letters;

    public LooseNames(params string[] names)
    {
        Names = names;
        letters = Array.ConvertAll(names, ToLetters);
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Returns the name that a text in UTF-8 resembles, or null.</summary>
    public string? Find(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        Span<byte> copy = stackalloc byte[MaxLength];
        copy = copy[..CopyLetters(text, copy)];
        for (int index = 0; index < letters.Length; index++)
        {
            if (copy.SequenceEqual(letters[index]))
            {
                return Names[index];
            }
        }

        return null;
    }

    private static byte[] ToLetters(string name)
    {
        var copy = new byte[name.Length];
        return copy[..CopyLetters(Encoding.ASCII.GetBytes(name), copy)];
    }

    /// <summary>Copies what counts of a text, in lower case. Returns the length.</summary>
    private static int CopyLetters(ReadOnlySpan<byte> text, Span<byte> copy)
    {
        int count = 0;
        foreach (byte character in text)
        {
            if (character is not ((byte)'_' or (byte)'-' or (byte)' '))
            {
                copy[count++] = character is >= (byte)'A' and <= (byte)'Z' ? (byte)(character | 0x20) : character;
            }
        }

        return count;
    }
}
