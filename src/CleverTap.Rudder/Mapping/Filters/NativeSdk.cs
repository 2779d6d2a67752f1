using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Recognizes the events that CleverTap's own SDK sends (device mode), so that they are not sent twice.</summary>
internal static class NativeSdk
{
    private const NativeSdkPlatforms Mobile = NativeSdkPlatforms.Android | NativeSdkPlatforms.Ios | NativeSdkPlatforms.ReactNative;

    /// <summary>Whether the SDK of one of the platforms sends the event. The context is scanned only for mobile platforms.</summary>
    public static bool Sends(in ParsedEvent parsed, NativeSdkPlatforms platforms)
    {
        if (platforms.HasFlag(NativeSdkPlatforms.Web) && SupportsWeb(parsed.Type) && parsed.Channel.IsText("web"u8))
        {
            return true;
        }

        return (platforms & Mobile) != 0
            && SupportsMobile(parsed.Type)
            && parsed.Channel.IsText("mobile"u8)
            && (platforms & ReadPlatform(parsed.Context)) != 0;
    }

    /// <summary>Whether CleverTap's web SDK can send such a call. Only the server sends the other calls.</summary>
    public static bool SupportsWeb(EventType call) => call is EventType.Identify or EventType.Track or EventType.Page;

    /// <summary>Reads the platform of a mobile event; none if it is unknown.</summary>
    private static NativeSdkPlatforms ReadPlatform(JsonSlice eventContext)
    {
        if (IsReactNative(eventContext.Member("library"u8).Member("name"u8)))
        {
            return NativeSdkPlatforms.ReactNative;
        }

        return MobileSystem.Read(eventContext) switch
        {
            MobileSystem.Kind.Android => NativeSdkPlatforms.Android,
            MobileSystem.Kind.Apple => NativeSdkPlatforms.Ios,
            _ => NativeSdkPlatforms.None,
        };
    }

    /// <summary>Whether CleverTap's mobile SDKs can send such a call.</summary>
    private static bool SupportsMobile(EventType call) => call is EventType.Identify or EventType.Track or EventType.Screen;

    private static bool IsReactNative(JsonSlice library)
    {
        ReadOnlySpan<byte> react = "react"u8;
        ReadOnlySpan<byte> name = library.Kind == JsonValueKind.String ? library.ContentSpan() : default;
        for (int start = 0; start <= name.Length - react.Length; start++)
        {
            if (Ascii.EqualsIgnoreCase(name.Slice(start, react.Length), react))
            {
                return true;
            }
        }

        return false;
    }
}
