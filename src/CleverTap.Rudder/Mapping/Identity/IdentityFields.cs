using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

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

    /// <summary>Whether a trait is left out, with a warning, because it would add an identity that is not the user's own.</summary>
    public static bool IsOmitted(FieldName name, JsonSlice value, MappingContext run)
    {
        if (!run.Options.GuardIdentityFields || !Contains(name) || IsSameId(value, run.UserId))
        {
            return false;
        }

        run.Warn(
            WarningCode.IdentityFieldOmitted,
            name.ToString(),
            "CleverTap merges all profiles that share this identity and the trait was left out; "
                + "rename the trait, or send it in overrideFields"
        );
        return true;
    }

    /// <summary>Whether CleverTap may read a field of this name as an identity.</summary>
    public static bool Contains(FieldName name)
    {
        ReadOnlySpan<byte> text = name.Span;
        return text.Length is >= Shortest and <= Longest && MayBegin((byte)(text[0] | 0x20)) && IsListed(text);
    }

    private static bool IsSameId(JsonSlice value, JsonSlice userId) => value.ToText() is { } text && text == userId.ToText();

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
