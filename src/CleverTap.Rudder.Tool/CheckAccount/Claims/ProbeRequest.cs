namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>The request of a probe.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path and the query, relative to the endpoint.</param>
/// <param name="Body">The body; null if there is none.</param>
internal sealed record ProbeRequest(HttpMethod Method, string Path, string? Body = null)
{
    public const string DryRunPath = "1/upload?dryRun=1";
    public const string JsonType = "application/json";

    public string ContentType { get; init; } = JsonType;

    public ProbeCredentials Credentials { get; init; }

    /// <summary>Returns the request with the id of a user in place of <see cref="Probe.User"/>.</summary>
    public ProbeRequest For(string user) =>
        this with
        {
            Path = Path.Replace(Probe.User, user, StringComparison.Ordinal),
            Body = Body?.Replace(Probe.User, user, StringComparison.Ordinal),
        };
}
