using System.Diagnostics;
using System.Runtime.InteropServices;
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
        TryReport(() => LogUploaded(upload.Records, (long)duration.TotalMilliseconds, response));
        if (response.Status == ResponseStatus.Unauthorized)
        {
            TryReport(() => logger.Unauthorized(destination, response.HttpStatus));
        }
    }

    /// <summary>Reports an exception that a bug of this library or the host's clock caused.</summary>
    /// <remarks>The message of the exception is not logged, because it may contain event values.</remarks>
    public void UploadFailed(int records, Exception exception) =>
        TryReport(() => logger.UploadFailed(destination, records, exception.GetType(), exception.StackTrace));

    /// <summary>Reports that nothing is sent, because the options have changed and are not valid.</summary>
    public void OptionsInvalid(IEnumerable<string> errors) =>
        TryReport(() => logger.OptionsInvalid(destination, string.Join("; ", errors)));

    public void Retrying(int records, CleverTapResponse response, TimeSpan delay) => TryReport(() => LogRetrying(records, response, delay));

    private void LogUploaded(int records, long milliseconds, CleverTapResponse response)
    {
        if (response.HttpStatus is null)
        {
            logger.UploadedWithoutResponse(destination, records, milliseconds, response.Status);
        }
        else
        {
            logger.Uploaded(destination, records, milliseconds, response.Status, response.HttpStatus, response.Unprocessed.Count);
        }
    }

    private void LogRetrying(int records, CleverTapResponse response, TimeSpan delay)
    {
        if (response.HttpStatus is null)
        {
            logger.RetryingWithoutResponse(destination, records, response.Status, delay);
        }
        else
        {
            logger.Retrying(destination, records, response.Status, response.HttpStatus, delay);
        }
    }

    /// <summary>Counts final outcomes, and logs the number of each kind.</summary>
    public void Report(IEnumerable<EventOutcome> outcomes)
    {
        Dictionary<(OutcomeKind Kind, string Reason), (EventOutcome? First, int Count)> groups = [];
        foreach (EventOutcome outcome in outcomes)
        {
            (OutcomeKind, string) key = (outcome.Kind, CleverTapMetrics.GetReason(outcome));
            ref (EventOutcome? First, int Count) group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out _);
            group = (group.First ?? outcome, group.Count + 1);
        }

        foreach (((OutcomeKind kind, string reason), (EventOutcome? first, int count)) in groups)
        {
            TryReport(() => metrics.Events(destination, kind, reason, count));
            TryReport(() => Log(first!, count));
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
