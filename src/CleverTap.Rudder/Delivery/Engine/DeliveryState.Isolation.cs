using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <content>Handles uploads that fail as a whole: they are halved, retried alone, or retried by probes.</content>
internal sealed partial class DeliveryState
{
    /// <summary>Retries the waiting events of queues now, even if CleverTap is down or has refused the credentials.</summary>
    public void RetryNow(TimeSpan now)
    {
        foreach (PendingEvent pending in sources.Where(source => source.KeepsEvents).SelectMany(source => source.Pending))
        {
            UserQueue user = pending.User.Current();
            user.WaitUntil = user.WaitUntil < now ? user.WaitUntil : now;
        }

        scheduler.RetryNow(now);
    }

    /// <summary>Handles an upload that failed as a whole: halves it if others succeed; otherwise CleverTap is down.</summary>
    private TimeSpan? Retry(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        DeliveryFailure failure = DeliveryFailure.From(response);
        RememberFailure(upload, failure);
        if (failure.Reason != UndeliveredReason.NotConnected)
        {
            CountFailureAlone(upload);
        }

        if (scheduler.Successes <= upload.BaselineSuccesses && !AreOnlySuspectsPending(upload))
        {
            return GoDown(upload, failure, response.RetryAfter, now, completed);
        }

        Requeue(upload);
        if (upload.Count > 1)
        {
            Halve(upload);
            return TimeSpan.Zero;
        }

        return RetryAlone(upload, failure, response.RetryAfter, now, completed);
    }

    /// <summary>Whether the upload failed before while others succeeded, and no other user has pending events.</summary>
    /// <remarks>
    /// Then no other upload can show that CleverTap works: a full partition or the end of a call waits for exactly these records. Their
    /// isolation continues.
    /// </remarks>
    private bool AreOnlySuspectsPending(Upload upload) =>
        upload.Suspects is { IsConfirmed: true } && IsEachPendingUser(static user => user.Suspects is { IsConfirmed: true });

    /// <summary>Retries or gives up a record that fails alone while others succeed.</summary>
    private TimeSpan? RetryAlone(
        Upload upload,
        DeliveryFailure failure,
        TimeSpan? retryAfter,
        TimeSpan now,
        List<EventCompletion> completed
    )
    {
        PendingEvent rudderEvent = upload.Records[0].Event;
        rudderEvent.Failures.Attempts++;
        rudderEvent.Failures.First ??= now;
        TimeSpan delay = RetryPolicy.DelayAlone(
            rudderEvent.Failures.Attempts,
            retryAfter,
            rudderEvent.Source.GiveUpAfter,
            options,
            random()
        );
        if (rudderEvent.Source.GivesUp(rudderEvent, now, delay))
        {
            rudderEvent.Fail(failure, completed);
            SettleSuspects(upload, 1);
            return null;
        }

        UserQueue user = upload.Parts[0].User.Current();
        user.WaitUntil = now + delay;
        SuspectGroup group = GroupOf(upload) ?? new SuspectGroup([new SuspectPart(user, 1)], scheduler.Successes);
        group.IsConfirmed = true;
        group.BaselineSuccesses = scheduler.Successes;
        scheduler.Enqueue(group);
        return delay;
    }

    /// <summary>Marks CleverTap as down: no upload succeeds, all records are kept, and one small probe at a time is sent.</summary>
    private TimeSpan? GoDown(Upload upload, DeliveryFailure failure, TimeSpan? retryAfter, TimeSpan now, List<EventCompletion> completed)
    {
        CountOutage(upload, failure, completed);
        if (upload.IsAbandoned)
        {
            SettleSuspects(upload, upload.Count);
        }
        else
        {
            Requeue(upload);
            Suspect(upload);
        }

        if (scheduler.IsDown && !upload.IsProbe)
        {
            // The upload was in flight when the first one failed, so that its failure gives no new information.
            return null;
        }

        int attempt = CountAttempt() ? 1 : scheduler.DownAttempts + 1;
        TimeSpan delay = RetryPolicy.Delay(attempt, retryAfter, options, random());
        scheduler.MarkDown(now + delay);
        return EndCalls(failure, delay, now, completed) ? null : delay;
    }

    /// <summary>Counts the failure of an upload of one user, which is less likely to be a good probe then.</summary>
    private void CountFailureAlone(Upload upload)
    {
        if (upload.Parts.Count == 1)
        {
            upload.Parts[0].User.Current().FailuresAlone++;
            hasFailedUsers = true;
        }
    }

    /// <summary>Counts an attempt of each event. Fails an event of a call that was sent alone and has used its attempts.</summary>
    private static void CountOutage(Upload upload, DeliveryFailure failure, List<EventCompletion> completed)
    {
        foreach (PendingEvent rudderEvent in upload.Records.Select(record => record.Event).Distinct())
        {
            rudderEvent.Failures.Outages++;
            if (upload.Count == 1 && rudderEvent.Failures.Outages >= rudderEvent.Source.MaxAttempts)
            {
                rudderEvent.Fail(failure, completed);
            }
        }
    }

    /// <summary>Returns the records to the queues of their users, in front of the others.</summary>
    private static TimeSpan? Requeue(Upload upload)
    {
        for (int index = upload.Count - 1; index >= 0; index--)
        {
            upload.Records[index].Event.User.Current().Requeue(upload.Records[index]);
        }

        return null;
    }

    /// <summary>Marks records that failed together as suspects, so that they are sent apart from other records.</summary>
    private void Suspect(Upload upload)
    {
        if (upload.Suspects is { Parts.Count: > 0 } group)
        {
            group.BaselineSuccesses = scheduler.Successes;
            return;
        }

        SuspectPart[] parts = [.. Current(upload.Parts)];
        if (parts.Length > 0)
        {
            scheduler.Enqueue(new SuspectGroup(parts, scheduler.Successes));
        }
    }

    /// <summary>Splits the suspects of an upload into two groups.</summary>
    private void Halve(Upload upload)
    {
        Suspect(upload);
        SuspectGroup? group = GroupOf(upload);
        if (group is null || upload.IsProbe)
        {
            return;
        }

        group.IsConfirmed = true;
        IReadOnlyList<SuspectGroup> halves = group.Halve(upload.Count);
        if (halves.Count > 0)
        {
            group.Parts.Clear();
        }

        foreach (SuspectGroup half in halves)
        {
            scheduler.Enqueue(half);
        }
    }

    /// <summary>Returns the group of suspects that the upload belongs to now; null if none.</summary>
    /// <remarks>An event that connects two users takes both out of their groups, also while their records are in flight.</remarks>
    private static SuspectGroup? GroupOf(Upload upload) =>
        upload.Suspects is { Parts.Count: > 0 } group ? group : upload.Parts[0].User.Current().Suspects;

    /// <summary>Combines the parts of users that were merged meanwhile. Omits users without records, and those that are suspects.</summary>
    private static IEnumerable<SuspectPart> Current(IEnumerable<SuspectPart> parts) =>
        parts
            .GroupBy(part => part.User.Current())
            .Where(user => user.Key.Suspects is null)
            .Select(user => new SuspectPart(user.Key, user.Sum(part => part.Count)))
            .Where(part => part.Count > 0);
}
