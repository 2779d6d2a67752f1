using System.Globalization;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.AspNetCore;

/// <summary>Options of an endpoint that receives events.</summary>
/// <remarks>They are read once, when the endpoint is mapped.</remarks>
public class RudderEndpointOptions
{
    private const int BytesPerElement = 64;
    private const int MinMaxElements = 10_000;

    /// <summary>Gets or sets the maximum size of a body in bytes, before and after decompression. A larger body gets 413.</summary>
    /// <remarks>
    /// It also limits the number of elements of a batch, and so the memory of a request: one for each 64 bytes, at least 10,000 (65,536 by
    /// default). A batch with more elements gets 413. An event of an SDK is always larger than 64 bytes.
    /// </remarks>
    /// <value>Default 4,194,304 (4 MiB), the limit of a batch in RudderStack's HTTP API; at least 1.</value>
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Gets or sets the name of the destination whose queue receives the events.</summary>
    /// <value>Default empty: the destination without a name.</value>
    public string Destination { get; set; } = "";

    /// <summary>Gets or sets how long a request waits for room in a full queue before the sender is asked to retry.</summary>
    /// <value>Default 5 seconds, less than the 10 seconds that RudderStack waits for a response; 0 to 1 hour.</value>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the value of the <c>Retry-After</c> header of a response whose events were not taken.</summary>
    /// <value>Default 5 seconds; 0 to 1 day. It is sent in whole seconds, rounded up.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The maximum number of elements of a batch.</summary>
    internal int MaxElements => Math.Max(MinMaxElements, MaxBodyBytes / BytesPerElement);

    /// <summary>The value of the <c>Retry-After</c> header.</summary>
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
