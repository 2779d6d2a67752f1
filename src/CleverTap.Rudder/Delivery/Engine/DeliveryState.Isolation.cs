using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <content>What follows when an upload fails as a whole: it is halved, retried alone, or asked for by probes.</content>
internal sealed partial class DeliveryState
{
    /// <summary>Queues' events that wait before a retry are attempted now, though CleverTap is down or has refused the credentials.</summary>
    public void RetryNow(TimeSpan now)
    {
        foreach (PendingEvent pending in sources.Where(source => source.KeepsEvents).SelectMany(source => source.Pending))
        {
            UserQueue user = pending.User.Current();
            user.WaitUntil = user.WaitUntil < now ? user.WaitUntil : now;
        }

        scheduler.RetryNow(now);
    }

    /// <summary>The upload failed as a whole: it is halved while others get through, and CleverTap is down if nothing does.</summary>
    private TimeSpan? Retry(Upload upload, CleverTapResponse response, TimeSpan now, List<EventCompletion> completed)
    {
        DeliveryFailure failure = DeliveryFailure.From(response);
        RememberFailure(upload, failure);
        if (scheduler.Successes <= upload.BaselineSuccesses && !AreOnlySuspectsLeft(upload))
        {
            return GoDown(upload, failure, response.RetryAfter, now, completed);
        }

        Return(upload);
        if (upload.Count > 1)
        {
            Halve(upload);
            return TimeSpan.Zero;
        }

        return RetryAlone(upload, failure, response.RetryAfter, now, completed);
    }

    /// <summary>
    /// Whether the upload failed before while others succeeded, and no user is left who could show that CleverTap works: a partition that
    /// is full, or the end of a call, waits for just these records. Their isolation goes on.
    /// </summary>
    private bool AreOnlySuspectsLeft(Upload upload) =>
        upload.Suspects is { IsConfirmed: true }
        && sources.TrueForAll(source => source.Pending.All(pending => pending.User.Current().Suspects is { IsConfirmed: true }));

    /// <summary>A record that fails alone while others succeed.</summary>
    private TimeSpan? RetryAlone(
        Upload upload,
        DeliveryFailure failure,
        TimeSpan? retryAfter,
        TimeSpan now,
        List<EventCompletion> completed
    )
    {
        PendingEvent rudderEvent = upload.Records[0].Event;
        rudderEvent.Attempts++;
        rudderEvent.FirstFailure ??= now;
        TimeSpan delay = RetryPolicy.DelayAlone(rudderEvent.Attempts, retryAfter, rudderEvent.Source.GiveUpAfter, options, random());
        if (rudderEvent.Source.GivesUp(rudderEvent, now, delay))
        {
            rudderEvent.Fail(failure, completed);
            Absolve(upload, 1);
            return null;
        }

        UserQueue user = upload.Parts[0].User.Current();
        user.WaitUntil = now + delay;
        SuspectGroup group = upload.Suspects ?? new SuspectGroup([new SuspectPart(user, 1)], scheduler.Successes);
        group.IsConfirmed = true;
        group.BaselineSuccesses = scheduler.Successes;
        scheduler.Enqueue(group);
        return delay;
    }

    /// <summary>Nothing gets through: everything is kept, and one small probe at a time asks whether it is over.</summary>
    private TimeSpan? GoDown(Upload upload, DeliveryFailure failure, TimeSpan? retryAfter, TimeSpan now, List<EventCompletion> completed)
    {
        Return(upload);
        Suspect(upload);
        if (scheduler.IsDown && !upload.IsProbe)
        {
            // It was on its way when the first one failed, and says nothing new.
            return null;
        }

        TimeSpan delay = RetryPolicy.Delay(scheduler.DownAttempts + 1, retryAfter, options, random());
        scheduler.WentDown(now + delay);
        return EndCalls(failure, delay, now, completed) ? null : delay;
    }

    /// <summary>The records go back to their users, in front of the others.</summary>
    private static TimeSpan? Return(Upload upload)
    {
        for (int index = upload.Count - 1; index >= 0; index--)
        {
            upload.Records[index].Event.User.Current().Requeue(upload.Records[index]);
        }

        return null;
    }

    /// <summary>The records failed together: they are tried apart from others from now on.</summary>
    private void Suspect(Upload upload)
    {
        if (upload.Suspects is { } group)
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

    private void Halve(Upload upload)
    {
        Suspect(upload);
        SuspectGroup? group = upload.Suspects ?? upload.Parts[0].User.Current().Suspects;
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

    /// <summary>Users that were merged meanwhile stand once, those that are suspects already not again.</summary>
    private static IEnumerable<SuspectPart> Current(IEnumerable<SuspectPart> parts) =>
        parts
            .GroupBy(part => part.User.Current())
            .Where(user => user.Key.Suspects is null)
            .Select(user => new SuspectPart(user.Key, user.Sum(part => part.Count)));
}
