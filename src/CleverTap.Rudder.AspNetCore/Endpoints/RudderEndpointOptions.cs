using System.Globalization;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.AspNetCore;

/// <summary>How an endpoint takes events. Read once, when the endpoint is mapped.</summary>
public class RudderEndpointOptions
{
    /// <summary>The largest body, in bytes: as it is sent, and again after decompression. A larger one is answered with 413.</summary>
    /// <value>Default 4,194,304 (4 MiB): what RudderStack's HTTP API takes in one batch, so that its clients never send more.</value>
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The name of the destination whose queue takes the events.</summary>
    /// <value>Default empty: the destination without a name.</value>
    public string Destination { get; set; } = "";

    /// <summary>How long a request waits for room in a full queue before the sender is asked to try again.</summary>
    /// <value>Default 5 seconds: less than the 10 seconds that RudderStack waits for a response.</value>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What the <c>Retry-After</c> header tells a sender whose events were not taken.</summary>
    /// <value>Default 5 seconds; sent in whole seconds, rounded up.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The header's value.</summary>
    internal string RetryAfterSeconds => ((long)Math.Ceiling(RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds an error for each invalid option.</summary>
    internal virtual void Check(ValidateOptionsResultBuilder errors)
    {
        errors.Require(MaxBodyBytes > 0, $"{nameof(MaxBodyBytes)} must be ≥ 1 (was {MaxBodyBytes})");
        errors.Require(Destination is not null, $"{nameof(Destination)} must be the name of a destination, or empty");
        errors.Require(
            QueueTimeout >= TimeSpan.Zero && QueueTimeout <= TimeSpan.FromHours(1),
            $"{nameof(QueueTimeout)} must be between 0 and 1 hour (was {QueueTimeout})"
        );
        errors.Require(
            RetryAfter >= TimeSpan.Zero && RetryAfter <= TimeSpan.FromDays(1),
            $"{nameof(RetryAfter)} must be between 0 and 1 day (was {RetryAfter})"
        );
    }
}
