namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>Reads and creates the ids of a record.</summary>
internal static class UserKeys
{
    /// <summary>Returns the identity, or else the FBID or GPID.</summary>
    public static string? Identity(this IReadOnlyList<UserKey> keys) => FindText(keys, key => key.Kind != UserKeyKind.ObjectId);

    public static string? ObjectId(this IReadOnlyList<UserKey> keys) => FindText(keys, key => key.Kind == UserKeyKind.ObjectId);

    /// <summary>Returns a text as an id of every kind, in the order in which a profile is looked up.</summary>
    public static IEnumerable<UserKey> FromText(string text) => Enum.GetValues<UserKeyKind>().Select(kind => new UserKey(kind, text));

    private static string? FindText(IReadOnlyList<UserKey> keys, Func<UserKey, bool> isWanted) =>
        keys.Where(isWanted).Select(key => key.Text).FirstOrDefault();
}
