using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>
/// The platforms in device mode: those that <c>useNativeSDK</c> or <c>connectionMode</c> switches on, as in RudderStack's JavaScript SDK.
/// </summary>
internal sealed class NativeSdkSetting(string? sourceType)
{
    /// <summary>The source types of the destination's definition that have a device mode, and those of their newer SDKs.</summary>
    private static readonly Dictionary<string, NativeSdkPlatforms> Platforms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["web"] = NativeSdkPlatforms.Web,
        ["android"] = NativeSdkPlatforms.Android,
        ["androidKotlin"] = NativeSdkPlatforms.Android,
        ["ios"] = NativeSdkPlatforms.Ios,
        ["iosSwift"] = NativeSdkPlatforms.Ios,
        ["reactnative"] = NativeSdkPlatforms.ReactNative,
    };

    /// <summary>Null if neither setting says anything.</summary>
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
    /// All without a source type. A source of React Native apps has no other events, which do not always say where they are from.
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

    /// <summary>Not any truthy value: an event that is filtered by mistake is lost. Environment variables are texts.</summary>
    private static bool IsOn(JsonSlice value) => bool.TryParse(value.ToText(), out bool isOn) && isOn;

    private static bool IsDeviceMode(JsonSlice value) => string.Equals(value.ToText(), "device", StringComparison.OrdinalIgnoreCase);
}
