using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Checks the types of the settings that go into a header or an address.</summary>
/// <remarks>A template can put any JSON into a setting, and an object or an array cannot become text.</remarks>
internal static class DestinationConfigValidator
{
    /// <summary>Returns what is wrong with a <c>Config</c> object, or null if it is valid. The text never contains a value.</summary>
    public static string? FindError(JsonSlice config) =>
        CheckScalar(config, "accountId"u8, "accountId must be text or a number")
        ?? CheckScalar(config, "passcode"u8, "passcode must be text or a number")
        ?? CheckScalar(config, "region"u8, "region must be text");

    private static string? CheckScalar(JsonSlice config, ReadOnlySpan<byte> name, string error) =>
        config.Member(name).IsContainer ? error : null;
}
