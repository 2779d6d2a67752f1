using System.Globalization;
using Microsoft.Extensions.Options;

namespace TransformerService;

/// <summary>Reads the settings of the service itself. The library reads its own options.</summary>
internal static class Settings
{
    private const int DefaultPort = 9090;

    /// <summary>The time for requests in progress at a stop, longer than the default timeout of a call to CleverTap.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(75);

    /// <summary>Reads the port to listen on if no address is configured.</summary>
    public static int Port(IConfiguration configuration)
    {
        if (configuration["PORT"] is not { Length: > 0 } text)
        {
            return DefaultPort;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw CreateError("PORT must be a number from 1 to 65535");
    }

    /// <summary>Reads the address that receives requests for other destinations; null if they are rejected.</summary>
    public static Uri? Upstream(IConfiguration configuration)
    {
        if (configuration["Upstream"] is not { Length: > 0 } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw CreateError("Upstream must be an http or https address, such as http://rudder-transformer:9090");
    }

    private static OptionsValidationException CreateError(string message) => new(nameof(Settings), typeof(Settings), [message]);
}
