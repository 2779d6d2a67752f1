using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>Tells metrics, traces, logs and health what one destination does.</summary>
internal sealed class DeliveryMonitor(string destination, CleverTapMetrics metrics, CleverTapHealth health, ILogger logger, TimeProvider time)
{
    public Upload Start(int records)
    {
        metrics.UploadStarted(destination, records);
        Activity? activity = CleverTapMetrics.Activities.StartActivity("CleverTap upload", ActivityKind.Client);
        activity?.SetTag("clevertap.destination", destination).SetTag("clevertap.records", records);
        return new Upload(activity, records, time.GetTimestamp());
    }

    public void End(Upload upload, CleverTapAnswer? answer)
    {
        TimeSpan took = time.GetElapsedTime(upload.Started);
        metrics.UploadEnded(destination, answer, took);
        upload.Activity?.SetTag("clevertap.status", answer?.Status.ToString() ?? "Cancelled").SetTag("http.response.status_code", answer?.HttpStatus);
        if (answer is null or { Status: not (AnswerStatus.Success or AnswerStatus.Partial or AnswerStatus.Fail) }) upload.Activity?.SetStatus(ActivityStatusCode.Error);
        upload.Activity?.Dispose();
        if (answer is null) return;

        health.Answered(answer.Status);
        logger.Uploaded(destination, upload.Records, (long)took.TotalMilliseconds, answer.Status, answer.HttpStatus, answer.Unprocessed.Count);
        if (answer.Status == AnswerStatus.Unauthorized) logger.Unauthorized(destination, answer.HttpStatus);
    }

    public void Retrying(int records, CleverTapAnswer answer, int attempt, TimeSpan delay) =>
        logger.Retrying(destination, records, answer.Status, answer.HttpStatus, attempt, delay);

    public void Report(EventOutcome[] outcomes)
    {
        foreach (EventOutcome outcome in outcomes) metrics.Event(destination, outcome);
        foreach (IGrouping<int, EventOutcome> code in outcomes.Where(outcome => outcome.Kind == OutcomeKind.Rejected).GroupBy(outcome => outcome.Code ?? 0))
            logger.Rejected(destination, code.Count(), code.Key);
        foreach (IGrouping<EventErrorCode, EventOutcome> code in outcomes.Where(outcome => outcome.Error is not null).GroupBy(outcome => outcome.Error!.Code))
            logger.Invalid(destination, code.Count(), code.Key);
        foreach (IGrouping<UndeliveredReason, EventOutcome> reason in outcomes.Where(outcome => outcome.UndeliveredReason is not null).GroupBy(outcome => outcome.UndeliveredReason!.Value))
            logger.Undelivered(destination, reason.Count(), reason.Key);
    }

    /// <summary>An upload under way.</summary>
    internal readonly record struct Upload(Activity? Activity, int Records, long Started);
}
