using System.Text;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>A small set of ASCII names in which case, <c>_</c>, <c>-</c> and spaces do not count.</summary>
internal sealed class LooseNames
{
    /// <summary>A longer text is none of the names.</summary>
    private const int MaxLength = 24;

    private readonly (string Name, byte[] Letters)[] names;

    public LooseNames(params string[] names) => this.names = [.. names.Select(name => (name, ToLetters(name)))];

    /// <summary>Returns the name that a text in UTF-8 resembles, or null.</summary>
    public string? Find(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        Span<byte> letters = stackalloc byte[MaxLength];
        letters = letters[..CopyLetters(text, letters)];
        foreach ((string name, byte[] nameLetters) in names)
        {
            if (letters.SequenceEqual(nameLetters))
            {
                return name;
            }
        }

        return null;
    }

    private static byte[] ToLetters(string name)
    {
        var letters = new byte[name.Length];
        return letters[..CopyLetters(Encoding.ASCII.GetBytes(name), letters)];
    }

    /// <summary>Copies what counts of a text, in lower case. Returns the length.</summary>
    private static int CopyLetters(ReadOnlySpan<byte> text, Span<byte> letters)
    {
        int count = 0;
        foreach (byte character in text)
        {
            if (character is not ((byte)'_' or (byte)'-' or (byte)' '))
            {
                letters[count++] = character is >= (byte)'A' and <= (byte)'Z' ? (byte)(character | 0x20) : character;
            }
        }

        return count;
    }
}
