using System.Text.Json;

namespace CleverTap.Rudder.Tests.AspNetCore;

internal sealed record EndpointResponse(int Status, string Text, string? RetryAfter, bool ClosesConnection)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);
}
