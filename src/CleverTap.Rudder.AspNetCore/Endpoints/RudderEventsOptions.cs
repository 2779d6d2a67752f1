using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.AspNetCore;

/// <summary>Options of <c>MapRudderEvents</c>.</summary>
/// <remarks>They are read once, when the endpoint is mapped.</remarks>
/// <example>
/// <code>
/// app.MapRudderEvents("/rudder", options => options.Secret = app.Configuration["Secret"]);
/// </code>
/// </example>
public sealed class RudderEventsOptions : RudderEndpointOptions
{
    /// <summary>Gets or sets the name of the header that must contain <see cref="Secret"/>.</summary>
    /// <value>Default <c>X-Webhook-Secret</c>.</value>
    public string SecretHeader { get; set; } = "X-Webhook-Secret";

    /// <summary>
    /// Gets or sets the secret that authenticates a sender, for example a header set in RudderStack's webhook destination.
    /// </summary>
    /// <remarks>It is compared in constant time. A request without it gets 401.</remarks>
    /// <value>
    /// Default null: every sender that reaches the endpoint may send events. A warning says so when the host has started, unless the
    /// endpoint requires authorization. An empty secret is an error.
    /// </value>
    public string? Secret { get; set; }

    internal override void Check(ValidateOptionsResultBuilder errors)
    {
        base.Check(errors);
        errors.Require(!string.IsNullOrWhiteSpace(SecretHeader), $"{nameof(SecretHeader)} must be the name of a header");
        errors.Require(
            Secret is null || !string.IsNullOrWhiteSpace(Secret),
            $"{nameof(Secret)} must not be empty: it is the value of the header {SecretHeader}; "
                + "leave it out to take events from everybody"
        );
    }
}
