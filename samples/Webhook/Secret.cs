using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Webhook;

/// <summary>What RudderStack proves itself with: a header that is set in the webhook destination's settings.</summary>
internal sealed class Secret(string secret)
{
    public const string Header = "X-Webhook-Secret";

    private readonly byte[] expected = SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static Secret From(IConfiguration configuration) => configuration["Secret"] is { Length: > 0 } secret
        ? new Secret(secret)
        : throw new OptionsValidationException(nameof(Secret), typeof(Secret), [$"Secret is required: the value of the header {Header} in the webhook destination's settings"]);

    public async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        byte[] given = SHA256.HashData(Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers[Header].ToString()));
        return CryptographicOperations.FixedTimeEquals(given, expected) ? await next(context) : Results.Unauthorized();
    }
}
