using System.Globalization;
using Microsoft.Extensions.Options;

namespace Webhook;

/// <summary>The largest body that is read, in bytes, also after decompression.</summary>
internal sealed record BodyLimit(int MaxBytes)
{
    /// <summary>As much as RudderStack's HTTP API takes in one batch.</summary>
    private const int DefaultMaxBytes = 4 * 1024 * 1024;

    public static BodyLimit From(IConfiguration configuration)
    {
        if (configuration["MaxBodyBytes"] is not { Length: > 0 } text)
        {
            return new BodyLimit(DefaultMaxBytes);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int maxBytes) && maxBytes > 0
            ? new BodyLimit(maxBytes)
            : throw Wrong("MaxBodyBytes must be a positive number of bytes");
    }

    private static OptionsValidationException Wrong(string message) => new(nameof(BodyLimit), typeof(BodyLimit), [message]);
}
