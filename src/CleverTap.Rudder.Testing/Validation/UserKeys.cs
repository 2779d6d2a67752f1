using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>The ids of one record, as a test asks for them.</summary>
internal static class UserKeys
{
    /// <summary>The identity, or else the FBID or GPID.</summary>
    public static string? Identity(this IReadOnlyList<UserKey> keys) => TextOf(keys, key => key.Kind != UserKeyKind.ObjectId);

    public static string? ObjectId(this IReadOnlyList<UserKey> keys) => TextOf(keys, key => key.Kind == UserKeyKind.ObjectId);

    /// <summary>Every id that a text can be.</summary>
    public static IEnumerable<UserKey> FromText(string text) => Enum.GetValues<UserKeyKind>().Select(kind => new UserKey(kind, text));

    private static string? TextOf(IReadOnlyList<UserKey> keys, Func<UserKey, bool> isWanted) =>
        keys.Where(isWanted).Select(key => key.Text).FirstOrDefault();
}
