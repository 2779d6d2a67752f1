using CleverTap.Rudder.Internal.Testing.Faults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>A request to the API, independent of the transport.</summary>
internal sealed record EmulatorRequest(string Method, string Path)
{
    private readonly Dictionary<string, StringValues> parameters = [];

    /// <summary>The number of the request in the order of arrival, counted from 1.</summary>
    public long Number { get; init; }

    public string? AccountId { get; init; }

    public string? Passcode { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Sets the parameters from a query with its question mark.</summary>
    public string QueryString
    {
        init => parameters = QueryHelpers.ParseQuery(value);
    }

    public bool IsDryRun => Query("dryRun") == "1";

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <inheritdoc cref="FaultPlan.FailsRecord"/>
    public Func<int, bool> FailsRecord { get; init; } = FaultPlan.None.FailsRecord;

    /// <summary>Returns a parameter of the query; null if it is missing.</summary>
    public string? Query(string name) => parameters.TryGetValue(name, out StringValues value) ? value.ToString() : null;
}
