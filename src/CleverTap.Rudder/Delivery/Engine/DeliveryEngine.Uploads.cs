using CleverTap.Rudder.Internal.Client;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <content>Starts uploads, waits for the next ones, and passes responses to the state.</content>
internal sealed partial class DeliveryEngine
{
    /// <summary>Starts the uploads that may start now, and sets the timer for the next time.</summary>
    private void Pump(TimeSpan now)
    {
        if (isDisposed)
        {
            return;
        }

        while (state.Next(now) is { } upload)
        {
            _ = Task.Run(() => RunAsync(upload));
        }

        SetTimer(now);
    }

    private void SetTimer(TimeSpan now)
    {
        TimeSpan due = state.NextWake(now) ?? TimeSpan.MaxValue;
        if (due == timerDue)
        {
            return;
        }

        timer?.Dispose();
        timerDue = due;
        TimeSpan wait = due > now ? due - now : TimeSpan.Zero;
        timer = due == TimeSpan.MaxValue ? null : time.CreateTimer(_ => Wake(), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        List<EventCompletion> expired;
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            timerDue = TimeSpan.MaxValue;
            expired = state.Expire(Now);
            Pump(Now);
        }

        Deliver(expired);
    }

    /// <summary>Sends an upload and handles its end. Nothing awaits the task, so that no exception may leave it.</summary>
    private async Task RunAsync(Upload upload)
    {
        try
        {
            CleverTapResponse? response = await SendAsync(upload).ConfigureAwait(false);
            Complete(upload, response);
        }
        catch (Exception exception)
        {
            monitor.UploadFailed(upload.Count, exception);
            Abandon(upload);
        }
    }

    private void Complete(Upload upload, CleverTapResponse? response)
    {
        UploadResult result;
        DeliverySource[] paused;
        bool isUnauthorized;
        lock (gate)
        {
            TimeSpan now = Now;
            result = state.Complete(upload, response, now);
            isUnauthorized = state.IsUnauthorized;
            paused = state.IsPaused(now) || state.StuckEvents > 0 ? state.Sources() : [];
            Pump(now);
        }

        if (response is not null && result.Delay is { } delay)
        {
            monitor.Retrying(upload.Count, response, delay);
        }

        Deliver(result.Completed);
        foreach (DeliverySource source in paused)
        {
            source.OnPaused?.Invoke(isUnauthorized);
        }
    }

    /// <summary>Gives the events of an upload their outcome after an error of this library or of the host's clock.</summary>
    private void Abandon(Upload upload)
    {
        List<EventCompletion> completed;
        lock (gate)
        {
            TimeSpan now = Now;
            completed = state.Abandon(upload, now);
            Pump(now);
        }

        Deliver(completed);
    }

    /// <summary>Sends an upload. Returns the response; null if the call was cancelled.</summary>
    /// <remarks>
    /// An exception of the host's HTTP handlers, loggers or listeners becomes a response, so that the upload always ends.
    /// </remarks>
    private async Task<CleverTapResponse?> SendAsync(Upload upload)
    {
        DeliveryMonitor.UploadInFlight inFlight = monitor.Start(upload.Count);
        CleverTapResponse? response = null;
        try
        {
            CleverTapRecord[] records = [.. upload.Records.Select(record => record.Record)];
            response = await client().UploadAsync(records, options.DryRun, upload.Cancellation.Token).ConfigureAwait(false);
            if (RetryPolicy.IsPerRecord(response.Status) && !ResponseEvaluator.IsConsistent(response, records))
            {
                response = response with { Status = ResponseStatus.Unreadable, Error = "CleverTap's response does not cover every record" };
            }
        }
        catch (OperationCanceledException) when (upload.Cancellation.IsCancellationRequested)
        {
            response = null;
        }
        catch (Exception exception)
        {
            // Creating the client runs code of the host: its options may be invalid now, or its service provider may be disposed.
            response = CleverTapResponse.NotSent(exception);
            if (exception is OptionsValidationException invalid)
            {
                monitor.OptionsInvalid(invalid.Failures);
            }
        }

        monitor.End(inFlight, response);
        return response;
    }

    /// <summary>Reports outcomes to the monitor and the sources. The caller does not hold the lock.</summary>
    private void Deliver(List<EventCompletion> completed)
    {
        if (completed.Count == 0)
        {
            return;
        }

        monitor.Report(completed.Where(completion => !IsReturned(completion)).Select(completion => completion.Outcome));
        foreach (EventCompletion completion in completed)
        {
            completion.Event.Source.Complete(completion);
        }
    }

    /// <summary>Whether an event returns to its queue, which keeps it or reports its outcome.</summary>
    private static bool IsReturned(EventCompletion completion) =>
        completion.Event.Source.KeepsEvents && completion.Outcome.UndeliveredReason == UndeliveredReason.Stopped;
}
