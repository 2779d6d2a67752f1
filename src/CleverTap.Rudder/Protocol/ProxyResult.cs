using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>What CleverTap's response means for a proxied request and for each of its jobs: pure functions over the protocol's status rules.</summary>
/// <param name="Http">CleverTap's HTTP status, or what stands for it where there is none.</param>
/// <param name="Status">The status of the request as a whole.</param>
/// <param name="Message">A sentence for a person.</param>
/// <param name="ErrorType">aborted, throttled or retryable, for the statTags; null where nothing failed.</param>
/// <param name="Jobs">For each job its status and what is told of it; null where all share the status of the request and CleverTap's own words.</param>
internal sealed record ProxyResult(int Http, int Status, string Message, string? ErrorType, (int Status, string Told)[]? Jobs = null)
{
    private const int Aborted = 400;
    private const int Retryable = 500;

    public static ProxyResult FromResponse(RawResponse exchange, ProxyRequest request)
    {
        // A broken connection may heal, whatever broke it: the job is worth another try.
        int http = exchange.HttpStatus ?? Retryable;
        if (http is < 200 or >= 300 || exchange.Failure is not null)
        {
            return Failed(http, http is >= 200 and < 300 ? Aborted : http);
        }

        if (exchange.Body.IsEmpty)
        {
            return new ProxyResult(http, http, Success, null);
        }

        CleverTapResponse response = exchange.Read();
        if (response.Status == ResponseStatus.Success)
        {
            return new ProxyResult(http, http, Success, null);
        }

        return JobByJob(http, response, request) ?? Failed(http, Aborted);
    }

    /// <summary>Where the proxy itself rejects to send.</summary>
    public static ProxyResult CreateRejected(string why) => new(Aborted, Aborted, why, "aborted");

    private static string Success => "Request Processed Successfully";

    private static ProxyResult Failed(int http, int status) =>
        new(
            http,
            status,
            $"Request failed  with status: {http}",
            status switch
            {
                >= 500 and < 600 => "retryable",
                429 => "throttled",
                _ => "aborted",
            }
        );

    /// <summary>Only the jobs of rejected records fail. Null where some record's fate or job is not to be told.</summary>
    private static ProxyResult? JobByJob(int http, CleverTapResponse response, ProxyRequest request)
    {
        CleverTapRecord[] records = [.. request.Records.Select(record => new EventRecord(record.Raw))];
        if (
            response.Status is not (ResponseStatus.Partial or ResponseStatus.Fail)
            || !ResponseEvaluator.IsConsistent(response, records)
            || request.FindJobIndexes() is not { } jobOf
        )
        {
            return null;
        }

        var jobs = new (int Status, string Told)[request.Jobs.Count];
        Array.Fill(jobs, (200, """{"status":"success"}"""));
        UnprocessedRecord?[] judged = ResponseEvaluator.Evaluate(response, records)!;
        for (int place = 0; place < judged.Length; place++)
        {
            if (judged[place] is not { } rejected)
            {
                continue;
            }

            int status = rejected.Code == RetryPolicy.TransientRecordCode ? Retryable : Aborted;
            if (jobs[jobOf[place]].Status < Aborted || status == Aborted)
            {
                jobs[jobOf[place]] = (status, Tell(rejected));
            }
        }

        // All the same, as always in version 0 with its one job. A rejection of nothing tells nothing.
        if (Array.TrueForAll(jobs, job => job.Status == jobs[0].Status))
        {
            return jobs is [{ Status: >= Aborted }, ..] ? Failed(http, jobs[0].Status) : null;
        }

        return new ProxyResult(
            http,
            http,
            $"CleverTap rejected {jobs.Count(job => job.Status != 200)} of {jobs.Length} jobs",
            "aborted",
            jobs
        );
    }

    private static string Tell(UnprocessedRecord rejected) =>
        $$"""{"status":"fail","code":{{rejected.Code}},"error":{{System.Text.Encoding.UTF8.GetString(JsonSlice.FromText(rejected.Error).Span)}}}""";
}
