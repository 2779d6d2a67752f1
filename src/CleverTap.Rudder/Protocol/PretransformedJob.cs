using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Reads a job whose message is the result of an earlier transformation instead of an event.</summary>
/// <remarks>Such a message is a request with a <c>statusCode</c>. The router packs its records without transforming them.</remarks>
internal static class PretransformedJob
{
    /// <summary>Whether a message has a <c>statusCode</c>.</summary>
    /// <remarks>The name is searched without its quotes, at which the search would stop much more often.</remarks>
    public static bool IsPretransformed(TransformJob job) =>
        job.Message.Span.IndexOf("statusCode"u8) >= 0 && job.IsMessageValid && job.Message.Member("statusCode"u8).IsTruthy;

    /// <summary>Reads all records of the request into a list. Returns an error if there are none or too many.</summary>
    public static JobError? ReadRecords(TransformJob job, List<JsonSlice> records)
    {
        records.Clear();
        var elements = new ElementReader(job.Message.Member("body"u8).Member("JSON"u8).Member("d"u8));
        while (elements.Next())
        {
            records.Add(elements.Value);
        }

        bool isValid =
            records.Count is > 0 and <= CleverTapRules.RecordsPerUpload
            && records.TrueForAll(record => record.Kind == JsonValueKind.Object);
        return isValid ? null : ReadError(job.Message);
    }

    /// <summary>Reads the status and the error of the earlier transformation; defaults to 400.</summary>
    private static JobError ReadError(JsonSlice message)
    {
        bool isErrorStatus = int.TryParse(message.Member("statusCode"u8).ToText(), out int status) && status is >= 300 and < 600;
        return new JobError(
            isErrorStatus ? status : 400,
            message.Member("error"u8).ToText() ?? "An already transformed job must hold 1 to 1000 records in body.JSON.d",
            ErrorCategory.Instrumentation
        );
    }
}
