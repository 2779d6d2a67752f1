using System.Globalization;
using Microsoft.Extensions.Options;

namespace TransformerService;

/// <summary>What the service itself is told by its environment. The library's options are read by the library.</summary>
internal static class Settings
{
    private const int UsualPort = 9090;

    /// <summary>Longer than the longest call to CleverTap or an upstream may usually take, so that what is under way is finished.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(75);

    /// <summary>The port to listen on where no address is given.</summary>
    public static int Port(IConfiguration configuration)
    {
        if (configuration["PORT"] is not { Length: > 0 } text)
        {
            return UsualPort;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw Wrong("PORT must be a number from 1 to 65535");
    }

    /// <summary>Where everything goes that is not CleverTap's; null where it is rejected.</summary>
    public static Uri? Upstream(IConfiguration configuration)
    {
        if (configuration["Upstream"] is not { Length: > 0 } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw Wrong("Upstream must be an http or https address, such as http://rudder-transformer:9090");
    }

    private static OptionsValidationException Wrong(string message) => new(nameof(Settings), typeof(Settings), [message]);
}
