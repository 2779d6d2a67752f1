using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>
/// A job whose message is not an event but what an earlier transformation made of one: a request with a <c>statusCode</c>.
/// The router only packs it.
/// </summary>
internal static class PretransformedJob
{
    public static bool IsPretransformed(TransformJob job) =>
        job.Message.Span.IndexOf("\"statusCode\""u8) >= 0 && job.Message.Member("statusCode"u8).IsTruthy;

    /// <summary>The records of its request, all of them; an error where it holds none.</summary>
    public static JobError? ReadRecords(TransformJob job, List<JsonSlice> records)
    {
        records.Clear();
        var elements = new ElementReader(job.Message.Member("body"u8).Member("JSON"u8).Member("d"u8));
        while (elements.Next())
        {
            records.Add(elements.Value);
        }

        if (
            records.Count is > 0 and <= CleverTapRules.RecordsPerUpload
            && records.TrueForAll(record => record.Kind == JsonValueKind.Object)
        )
        {
            return null;
        }

        int status = int.TryParse(job.Message.Member("statusCode"u8).ToText(), out int given) && given is >= 300 and < 600 ? given : 400;
        string? text = job.Message.Member("error"u8).ToText();
        return new JobError(
            status,
            text ?? "An already transformed job must hold 1 to 1000 records in body.JSON.d",
            ErrorCategory.Instrumentation
        );
    }
}
