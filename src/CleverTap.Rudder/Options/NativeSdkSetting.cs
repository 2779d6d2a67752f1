using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>
/// Reads the platforms in device mode, which <c>useNativeSDK</c> or <c>connectionMode</c> switches on, as in RudderStack's JavaScript SDK.
/// </summary>
internal sealed class NativeSdkSetting(string? sourceType)
{
    /// <summary>The source types that have a device mode in the destination's definition, and those of the newer SDKs.</summary>
    private static readonly Dictionary<string, NativeSdkPlatforms> Platforms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["web"] = NativeSdkPlatforms.Web,
        ["android"] = NativeSdkPlatforms.Android,
        ["androidKotlin"] = NativeSdkPlatforms.Android,
        ["ios"] = NativeSdkPlatforms.Ios,
        ["iosSwift"] = NativeSdkPlatforms.Ios,
        ["reactnative"] = NativeSdkPlatforms.ReactNative,
    };

    /// <summary>Reads the platforms. Returns null if neither setting is present.</summary>
    public NativeSdkPlatforms? Read(JsonSlice config)
    {
        NativeSdkPlatforms? byUse = Read(config.Member("useNativeSDK"u8), IsOn);
        NativeSdkPlatforms? byMode = Read(config.Member("connectionMode"u8), IsDeviceMode);
        return byUse is null && byMode is null ? null : (byUse ?? NativeSdkPlatforms.None) | (byMode ?? NativeSdkPlatforms.None);
    }

    private NativeSdkPlatforms? Read(JsonSlice setting, Func<JsonSlice, bool> isOn)
    {
        if (setting.IsNullOrMissing)
        {
            return null;
        }

        if (setting.Kind != JsonValueKind.Object)
        {
            return isOn(setting) ? PlatformsOf(sourceType) : NativeSdkPlatforms.None;
        }

        NativeSdkPlatforms? platforms = null;
        var members = new MemberReader(setting);
        while (members.Next())
        {
            string name = members.Name.ToString();
            if (!Platforms.ContainsKey(name) || (sourceType is not null && !name.Equals(sourceType, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            platforms ??= NativeSdkPlatforms.None;
            if (isOn(members.Value))
            {
                platforms |= sourceType is null ? Platforms[name] : PlatformsOf(sourceType);
            }
        }

        return platforms;
    }

    /// <summary>
    /// Returns the platforms of a source type, or all platforms without one. The events of a React Native app do not always name their
    /// platform, so that its source type includes Android and iOS.
    /// </summary>
    private static NativeSdkPlatforms PlatformsOf(string? sourceType)
    {
        if (sourceType is null)
        {
            return NativeSdkPlatforms.All;
        }

        NativeSdkPlatforms platforms = Platforms.GetValueOrDefault(sourceType);
        return platforms == NativeSdkPlatforms.ReactNative
            ? NativeSdkPlatforms.ReactNative | NativeSdkPlatforms.Android | NativeSdkPlatforms.Ios
            : platforms;
    }

    /// <summary>Accepts only true, also as text from an environment variable: an event that is filtered by mistake is lost.</summary>
    private static bool IsOn(JsonSlice value) => bool.TryParse(value.ToText(), out bool isOn) && isOn;

    private static bool IsDeviceMode(JsonSlice value) => string.Equals(value.ToText(), "device", StringComparison.OrdinalIgnoreCase);
}
