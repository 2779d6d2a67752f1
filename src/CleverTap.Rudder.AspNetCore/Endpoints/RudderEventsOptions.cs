using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.AspNetCore;

/// <summary>How <c>MapRudderEvents</c> takes events. Read once, when the endpoint is mapped.</summary>
public sealed class RudderEventsOptions : RudderEndpointOptions
{
    /// <summary>The header that must hold <see cref="Secret"/>.</summary>
    /// <value>Default <c>X-Webhook-Secret</c>.</value>
    public string SecretHeader { get; set; } = "X-Webhook-Secret";

    /// <summary>
    /// What a sender proves itself with, say a header that is set in RudderStack's webhook destination. It is compared in constant
    /// time; a request without it is answered with 401.
    /// </summary>
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
