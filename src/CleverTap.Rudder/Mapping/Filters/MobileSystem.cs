using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Reads the operating system of a mobile event from <c>context.os.name</c>, which RudderStack's SDKs set.</summary>
internal static class MobileSystem
{
    internal enum Kind
    {
        Unknown,
        Android,
        Apple,
    }

    public static Kind Read(JsonSlice eventContext)
    {
        JsonSlice os = eventContext.Member("os"u8).Member("name"u8);
        if (os.Kind != JsonValueKind.String)
        {
            return Kind.Unknown;
        }

        ReadOnlySpan<byte> name = os.ContentSpan();
        if (Ascii.EqualsIgnoreCase(name, "Android"u8))
        {
            return Kind.Android;
        }

        return IsApple(name) ? Kind.Apple : Kind.Unknown;
    }

    private static bool IsApple(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "iOS"u8)
        || Ascii.EqualsIgnoreCase(name, "iPadOS"u8)
        || Ascii.EqualsIgnoreCase(name, "tvOS"u8)
        || Ascii.EqualsIgnoreCase(name, "watchOS"u8);
}
