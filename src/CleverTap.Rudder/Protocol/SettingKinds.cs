using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Settings that go into a header or an address. A template can put any JSON there, of which not all becomes text.</summary>
internal static class SettingKinds
{
    /// <summary>What makes a <c>Config</c> object unfit, behind the name of the object; null if nothing does. It quotes no value.</summary>
    public static string? Fault(JsonSlice config) =>
        Fault(config, "accountId"u8, "accountId must be text or a number")
        ?? Fault(config, "passcode"u8, "passcode must be text or a number")
        ?? Fault(config, "region"u8, "region must be text");

    private static string? Fault(JsonSlice config, ReadOnlySpan<byte> name, string fault) => config.Member(name).IsContainer ? fault : null;
}
