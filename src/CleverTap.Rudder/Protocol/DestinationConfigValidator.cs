using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Settings that go into a header or an address. A template can put any JSON there, of which not all becomes text.</summary>
internal static class DestinationConfigValidator
{
    /// <summary>What makes a <c>Config</c> object unfit, behind the name of the object; null if nothing does. It quotes no value.</summary>
    public static string? FindError(JsonSlice config) =>
        FindError(config, "accountId"u8, "accountId must be text or a number")
        ?? FindError(config, "passcode"u8, "passcode must be text or a number")
        ?? FindError(config, "region"u8, "region must be text");

    private static string? FindError(JsonSlice config, ReadOnlySpan<byte> name, string fault) => config.Member(name).IsContainer ? fault : null;
}
