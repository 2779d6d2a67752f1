namespace CleverTap.Rudder.Internal.Records;

/// <summary>Recognizes the names of profile fields that CleverTap may read as an identity.</summary>
internal static class IdentityNames
{
    private const int MinLength = 4;
    private const int MaxLength = 16;

    /// <summary>The names in lower case. Case, <c>_</c>, <c>-</c> and spaces do not count.</summary>
    private static readonly byte[][] Names = ["identity"u8.ToArray(), "objectid"u8.ToArray(), "fbid"u8.ToArray(), "gpid"u8.ToArray()];

    public static bool Contains(ReadOnlySpan<byte> text)
    {
        if (text.Length is < MinLength or > MaxLength)
        {
            return false;
        }

        Span<byte> letters = stackalloc byte[MaxLength];
        int count = 0;
        foreach (byte character in text)
        {
            if (character is not ((byte)'_' or (byte)'-' or (byte)' '))
            {
                letters[count++] = character is >= (byte)'A' and <= (byte)'Z' ? (byte)(character | 0x20) : character;
            }
        }

        foreach (byte[] name in Names)
        {
            if (letters[..count].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
