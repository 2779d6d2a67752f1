using System.Buffers;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>What CleverTap's response means for a proxied request and for each of its jobs, by the status rules of the protocol.</summary>
/// <param name="HttpStatus">CleverTap's HTTP status, or the status that replaces it if there is no response.</param>
/// <param name="Status">The status of the request as a whole.</param>
/// <param name="Message">The message of the response.</param>
/// <param name="ErrorType"><c>aborted</c>, <c>throttled</c> or <c>retryable</c>, for the statTags; null if nothing failed.</param>
/// <param name="Jobs">The result of each job; null if all jobs share the status of the request and CleverTap's whole response.</param>
internal sealed record ProxyResult(int HttpStatus, int Status, string Message, string? ErrorType, ProxyJobResult[]? Jobs = null)
{
    private const int Aborted = 400;
    private const int Retryable = 500;
    private const string AbortedType = "aborted";

    private static readonly ProxyJobResult Succeeded = new(200, """{"status":"success"}""");

    public static ProxyResult FromResponse(RawResponse rawResponse, ProxyRequest request)
    {
        // A connection that failed may work again, so the jobs are worth a retry.
        int httpStatus = rawResponse.HttpStatus ?? Retryable;
        bool isSuccessStatus = httpStatus is >= 200 and < 300;
        if (!isSuccessStatus || rawResponse.Failure is not null)
        {
            return CreateFailed(httpStatus, isSuccessStatus ? Aborted : httpStatus);
        }

        if (rawResponse.Body.IsEmpty)
        {
            return CreateSuccess(httpStatus);
        }

        CleverTapResponse response = rawResponse.Read();
        return response.Status == ResponseStatus.Success
            ? CreateSuccess(httpStatus)
            : EvaluateJobs(httpStatus, response, request) ?? CreateFailed(httpStatus, Aborted);
    }

    /// <summary>Creates the result of a request that the proxy does not send.</summary>
    public static ProxyResult CreateRejected(string reason) => new(Aborted, Aborted, reason, AbortedType);

    private static ProxyResult CreateSuccess(int httpStatus) => new(httpStatus, httpStatus, "Request Processed Successfully", null);

    private static ProxyResult CreateFailed(int httpStatus, int status) =>
        new(
            httpStatus,
            status,
            $"Request failed  with status: {httpStatus}",
            status switch
            {
                >= 500 and < 600 => "retryable",
                429 => "throttled",
                _ => AbortedType,
            }
        );

    /// <summary>Fails only the jobs of rejected records.</summary>
    /// <returns>Null if the response does not say which records or jobs are rejected.</returns>
    private static ProxyResult? EvaluateJobs(int httpStatus, CleverTapResponse response, ProxyRequest request)
    {
        CleverTapRecord[] records = [.. request.Records.Select(record => new EventRecord(record.Raw))];
        if (
            response.Status is not (ResponseStatus.Partial or ResponseStatus.Fail)
            || !ResponseEvaluator.IsConsistent(response, records)
            || request.FindJobIndexes() is not { } jobIndexes
        )
        {
            return null;
        }

        var jobs = new ProxyJobResult[request.Jobs.Count];
        Array.Fill(jobs, Succeeded);
        ApplyRejections(jobs, jobIndexes, ResponseEvaluator.Evaluate(response, records)!);
        return Array.TrueForAll(jobs, job => job.Status == jobs[0].Status)
            ? CreateUniform(httpStatus, jobs)
            : CreatePerJob(httpStatus, jobs);
    }

    /// <summary>Sets the status of the jobs of rejected records. Of two rejected records of a job, one that is aborted decides.</summary>
    private static void ApplyRejections(ProxyJobResult[] jobs, int[] jobIndexes, UnprocessedRecord?[] rejections)
    {
        for (int i = 0; i < rejections.Length; i++)
        {
            if (rejections[i] is not { } rejected)
            {
                continue;
            }

            int status = rejected.Code == RetryPolicy.TransientRecordCode ? Retryable : Aborted;
            ref ProxyJobResult job = ref jobs[jobIndexes[i]];
            if (job.Status < Aborted || status == Aborted)
            {
                job = new ProxyJobResult(status, ToJson(rejected));
            }
        }
    }

    /// <summary>Creates the result of jobs with the same status, as always in version 0.</summary>
    /// <returns>Null if the response rejects no job and yet is not a success.</returns>
    private static ProxyResult? CreateUniform(int httpStatus, ProxyJobResult[] jobs) =>
        jobs is [{ Status: >= Aborted }, ..] ? CreateFailed(httpStatus, jobs[0].Status) : null;

    private static ProxyResult CreatePerJob(int httpStatus, ProxyJobResult[] jobs)
    {
        int failed = jobs.Count(job => job.Status != Succeeded.Status);
        return new ProxyResult(httpStatus, httpStatus, $"CleverTap rejected {failed} of {jobs.Length} jobs", AbortedType, jobs);
    }

    private static string ToJson(UnprocessedRecord rejected)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, "fail"u8);
            writer.WriteNumber("code"u8, rejected.Code);
            writer.WriteText("error"u8, rejected.Error);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
