using System.Text;
using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>The response to a probe, whose texts are safe to show.</summary>
/// <param name="Response">The response as the library reads it.</param>
/// <param name="HasProfile">Whether the body holds a profile, as the response to a look-up does.</param>
internal sealed record ProbeResponse(CleverTapResponse Response, bool HasProfile = false)
{
    public int? HttpStatus => Response.HttpStatus;

    /// <summary>Whether the response has a result for each record.</summary>
    public bool IsPerRecord => RetryPolicy.IsPerRecord(Response.Status);

    /// <summary>Creates the response from its bytes.</summary>
    /// <param name="raw">The bytes, or the failure.</param>
    /// <param name="clean">Makes a text safe to show.</param>
    public static ProbeResponse Create(RawResponse raw, Func<string, string> clean)
    {
        CleverTapResponse response = raw.Read();
        bool needsBody = response.Error is null && !RetryPolicy.IsPerRecord(response.Status) && raw.Body.Length > 0;
        string? error = needsBody ? Encoding.UTF8.GetString(raw.Body.Span) : response.Error;
        return new ProbeResponse(
            response with
            {
                Error = error is null ? null : clean(error),
                Unprocessed = [.. response.Unprocessed.Select(record => record with { Error = clean(record.Error) })],
            },
            new MemberReader(JsonSlice.Parse(raw.Body).Member("record"u8)).Next()
        );
    }

    /// <summary>Returns a response to the whole request in a few words.</summary>
    public override string ToString()
    {
        string status = HttpStatus is { } http ? $"HTTP {http}" : "no response";
        string kind = IsPerRecord ? $", {Response.Status.ToString().ToLowerInvariant()}" : "";
        return Response.Error is { } error ? $"{status}{kind}: {error}" : $"{status}{kind}";
    }
}
