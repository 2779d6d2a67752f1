using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Recognizes the attributes that add an identity to a profile.</summary>
/// <remarks>
/// CleverTap merges all profiles that share an identity: a trait such as <c>Identity: "verified"</c> would merge all verified users
/// into one profile.
/// </remarks>
internal static class IdentityFields
{
    private const int MinLength = 4;
    private const int MaxLength = 16;

    /// <summary>The names in lower case. Case, <c>_</c>, <c>-</c> and spaces do not count.</summary>
    private static readonly byte[][] Names = ["identity"u8.ToArray(), "objectid"u8.ToArray(), "fbid"u8.ToArray(), "gpid"u8.ToArray()];

    /// <summary>Whether a trait is omitted, with a warning, because it would add an identity other than the user id.</summary>
    public static bool IsOmitted(FieldName name, JsonSlice value, MappingContext context)
    {
        if (!context.Options.GuardIdentityFields || !Contains(name) || IsSameId(value, context.UserId))
        {
            return false;
        }

        context.Warn(
            WarningCode.IdentityFieldOmitted,
            name.ToString(),
            "CleverTap merges all profiles that share this identity and the trait was omitted; "
                + "rename the trait, or send it in overrideFields"
        );
        return true;
    }

    /// <summary>Whether CleverTap may read a field of this name as an identity.</summary>
    public static bool Contains(FieldName name)
    {
        ReadOnlySpan<byte> text = name.Span;
        return text.Length is >= MinLength and <= MaxLength && CanStartWith((byte)(text[0] | 0x20)) && IsListed(text);
    }

    private static bool IsSameId(JsonSlice value, JsonSlice userId) => value.ToText() is { } text && text == userId.ToText();

    private static bool CanStartWith(byte letter) => letter is (byte)'i' or (byte)'o' or (byte)'f' or (byte)'g';

    private static bool IsListed(ReadOnlySpan<byte> text)
    {
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
