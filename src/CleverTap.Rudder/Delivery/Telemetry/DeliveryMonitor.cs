using System.Diagnostics;
using CleverTap.Rudder.Internal.Client;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>
/// Reports the work of one destination to metrics, traces, logs and health. An exception of the host's logger or listener does not stop the
/// delivery.
/// </summary>
internal sealed class DeliveryMonitor(string destination, CleverTapMetrics metrics, AccountHealth health, ILogger logger, TimeProvider time)
{
    /// <summary>Reports the start of an upload.</summary>
    public UploadInFlight Start(int records)
    {
        Activity? activity = null;
        TryReport(() =>
        {
            metrics.UploadStarted(destination, records);
            activity = CleverTapMetrics.Activities.StartActivity("CleverTap upload", ActivityKind.Client);
            activity?.SetTag("clevertap.destination", destination).SetTag("clevertap.records", records);
        });
        return new UploadInFlight(activity, records, time.GetTimestamp());
    }

    /// <summary>Reports the end of an upload.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="response">The response; null if the call was cancelled.</param>
    public void End(UploadInFlight upload, CleverTapResponse? response)
    {
        TimeSpan duration = time.GetElapsedTime(upload.Started);
        TryReport(() => metrics.UploadEnded(destination, response, duration));
        TryReport(() => End(upload.Activity, response));
        if (response is null)
        {
            return;
        }

        health.Responded(response.Status);
        TryReport(() =>
            logger.Uploaded(
                destination,
                upload.Records,
                (long)duration.TotalMilliseconds,
                response.Status,
                response.HttpStatus,
                response.Unprocessed.Count
            )
        );
        if (response.Status == ResponseStatus.Unauthorized)
        {
            TryReport(() => logger.Unauthorized(destination, response.HttpStatus));
        }
    }

    public void Retrying(int records, CleverTapResponse response, TimeSpan delay) =>
        TryReport(() => logger.Retrying(destination, records, response.Status, response.HttpStatus, delay));

    /// <summary>Counts final outcomes, and logs the number of each kind.</summary>
    public void Report(IEnumerable<EventOutcome> outcomes)
    {
        var groups = outcomes.GroupBy(outcome => (outcome.Kind, Reason: CleverTapMetrics.GetReason(outcome)));
        foreach (IGrouping<(OutcomeKind Kind, string Reason), EventOutcome> group in groups)
        {
            int count = group.Count();
            TryReport(() => metrics.Events(destination, group.Key.Kind, group.Key.Reason, count));
            TryReport(() => Log(group.First(), count));
        }
    }

    private void Log(EventOutcome outcome, int count)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Rejected:
                logger.Rejected(destination, count, outcome.Code ?? 0);
                break;
            case OutcomeKind.Invalid:
                logger.Invalid(destination, count, outcome.Error!.Code);
                break;
            case OutcomeKind.Undelivered:
                logger.Undelivered(destination, count, outcome.UndeliveredReason!.Value);
                break;
        }
    }

    private static void End(Activity? activity, CleverTapResponse? response)
    {
        activity
            ?.SetTag("clevertap.status", response?.Status.ToString() ?? "Cancelled")
            .SetTag("http.response.status_code", response?.HttpStatus);
        if (response is null || !RetryPolicy.IsPerRecord(response.Status))
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        activity?.Dispose();
    }

    private static void TryReport(Action report)
    {
        try
        {
            report();
        }
        catch (Exception)
        {
            // The logger or listener has failed: there is nowhere else to report it.
        }
    }

    /// <summary>An upload in flight.</summary>
    internal readonly record struct UploadInFlight(Activity? Activity, int Records, long Started);
}
