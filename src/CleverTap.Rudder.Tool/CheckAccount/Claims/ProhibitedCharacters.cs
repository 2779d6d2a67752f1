using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>The characters that CleverTap does not allow in names.</summary>
internal static class ProhibitedCharacters
{
    public static IEnumerable<char> InNames => AsciiIn(CleverTapRules.ProhibitedInNames);

    public static IEnumerable<char> InProfileNames => AsciiIn(CleverTapRules.ProhibitedInProfileNames);

    private static IEnumerable<char> AsciiIn(System.Buffers.SearchValues<byte> set) =>
        Enumerable.Range(0, 128).Where(code => set.Contains((byte)code)).Select(code => (char)code);
}
