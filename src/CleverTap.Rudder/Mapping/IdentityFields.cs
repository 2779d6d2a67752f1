namespace CleverTap.Rudder;

/// <summary>
/// The attributes that add an identity to a profile. CleverTap merges all profiles that share one, so that a trait such as
/// <c>Identity: "verified"</c> would make one person of all verified users.
/// </summary>
internal static class IdentityFields
{
    private const int Shortest = 4;
    private const int Longest = 16;

    /// <summary>Letters alone, lower-cased: neither case nor <c>_</c>, <c>-</c> and spaces count.</summary>
    private static readonly byte[][] Names = ["identity"u8.ToArray(), "objectid"u8.ToArray(), "fbid"u8.ToArray(), "gpid"u8.ToArray()];

    /// <summary>Whether CleverTap may read a field of this name as an identity.</summary>
    public static bool Contains(FieldName name)
    {
        ReadOnlySpan<byte> text = name.Span;
        return text.Length is >= Shortest and <= Longest && MayBegin((byte)(text[0] | 0x20)) && IsListed(text);
    }

    private static bool MayBegin(byte letter) => letter is (byte)'i' or (byte)'o' or (byte)'f' or (byte)'g';

    private static bool IsListed(ReadOnlySpan<byte> text)
    {
        Span<byte> letters = stackalloc byte[Longest];
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
