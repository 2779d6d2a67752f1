using CleverTap.Rudder.Internal.Client;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>
/// Holds all pending events, and decides what happens to them. It is plain state without a clock and without threads: the engine calls it
/// under its lock and delivers the completions that it returns.
/// </summary>
/// <param name="options">The limits and delays.</param>
/// <param name="random">Returns a number from 0 to 1 for the jitter of delays and the choice of probes.</param>
internal sealed partial class DeliveryState(CleverTapOptions options, Func<double> random)
{
    private readonly UserPartitioner users = new();
    private readonly UploadScheduler scheduler = new(options, random);
    private readonly List<Upload> inFlight = [];
    private readonly List<DeliverySource> sources = [];
    private long submitted;
    private bool hasFailedUsers;

    /// <summary>The uploads in flight.</summary>
    public IReadOnlyList<Upload> InFlight => inFlight;

    /// <summary>The number of events without an outcome.</summary>
    public int Pending { get; private set; }

    /// <summary>
    /// The number of pending events if the uploads of each of their users have failed; otherwise 0. Only events of other users can show
    /// whether CleverTap works then.
    /// </summary>
    public int StuckEvents { get; private set; }

    /// <summary>The number of known user ids; only those of pending records are known.</summary>
    public int KnownIds => users.Count;

    /// <summary>Whether CleverTap refuses the credentials, so that queues pause.</summary>
    public bool IsUnauthorized { get; private set; }

    /// <summary>Whether sending is paused, because CleverTap does not respond as expected or refuses the credentials.</summary>
    public bool IsPaused(TimeSpan now) => IsUnauthorized || scheduler.IsDown || scheduler.PausedUntil > now;

    /// <summary>Registers a source of events.</summary>
    public void Open(DeliverySource source, TimeSpan now)
    {
        sources.Add(source);
        if (!source.KeepsEvents && IsUnauthorized)
        {
            // A new call checks for itself whether the credentials work now.
            scheduler.Pause(now);
        }
    }

    /// <summary>Adds a mapped event.</summary>
    public void Submit(PendingEvent rudderEvent, TimeSpan now)
    {
        UserQueue user = users.Assign(rudderEvent.Ids, ClearSuspicion);
        for (int index = 0; index < rudderEvent.Records.Count; index++)
        {
            user.Add(new PendingRecord(rudderEvent, rudderEvent.Records[index], submitted++));
        }

        StuckEvents = StuckEvents > 0 && user.FailuresAlone > 0 ? StuckEvents + 1 : 0;
        rudderEvent.User = user;
        rudderEvent.Source.Add(rudderEvent);
        Pending++;
        scheduler.Enqueue(user, now);
    }

    /// <summary>Starts the next upload; null if none may start now.</summary>
    public Upload? Next(TimeSpan now)
    {
        Upload? upload = scheduler.Next(now);
        if (upload is not null)
        {
            inFlight.Add(upload);
        }

        return upload;
    }

    /// <summary>
    /// Returns the next time at which an upload may start or a call may expire without a response or a new event; null if never.
    /// </summary>
    public TimeSpan? NextWake(TimeSpan now)
    {
        TimeSpan wake = TimeSpan.MaxValue;
        if (scheduler.NextReady(now) is { } ready)
        {
            wake = ready;
        }

        if (scheduler.PausedUntil > now && Pending > 0 && scheduler.PausedUntil < wake)
        {
            wake = scheduler.PausedUntil;
        }

        foreach (DeliverySource source in sources)
        {
            wake = source.EndedBy is null && source.Count > 0 && source.Deadline < wake ? source.Deadline : wake;
        }

        return wake == TimeSpan.MaxValue ? null : wake;
    }

    /// <summary>Handles the end of an upload.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="response">The response; null if the call was cancelled.</param>
    /// <param name="now">The time since the start of the engine.</param>
    /// <returns>The final outcomes, and the delay before the next attempt if there is one.</returns>
    public UploadResult Complete(Upload upload, CleverTapResponse? response, TimeSpan now)
    {
        RemoveFromFlight(upload, response);
        List<EventCompletion> completed = new(upload.Count);
        TimeSpan? delay = response is null ? Requeue(upload) : React(upload, response, now, completed);
        CompleteEnded(upload, completed);
        foreach (SuspectPart part in upload.Parts)
        {
            Release(part.User.Current(), now);
        }

        if (upload.Suspects is { } group)
        {
            scheduler.Enqueue(group);
        }

        Forget(completed);
        StuckEvents = hasFailedUsers ? CountStuckEvents() : 0;
        return new UploadResult(completed, delay);
    }

    private int CountStuckEvents()
    {
        hasFailedUsers = Pending > 0;
        return IsEachPendingUser(static user => user.FailuresAlone > 0) ? Pending : 0;
    }

    private bool IsEachPendingUser(Predicate<UserQueue> condition) =>
        sources.TrueForAll(source => source.Pending.All(pending => condition(pending.User.Current())));

    /// <summary>Returns a copy of the list of sources.</summary>
    public DeliverySource[] Sources() => [.. sources];

    /// <summary>Removes a source that has no pending events and gets no more.</summary>
    public void Close(DeliverySource source) => sources.Remove(source);

    private void RemoveFromFlight(Upload upload, CleverTapResponse? response)
    {
        inFlight.Remove(upload);
        scheduler.End(response?.HttpStatus == RetryPolicy.TooManyRequests);
        foreach (SuspectPart part in upload.Parts)
        {
            part.User.Current().InFlight--;
        }
    }

    /// <summary>Completes the events of an upload whose source has ended or whose user was deleted meanwhile.</summary>
    private static void CompleteEnded(Upload upload, List<EventCompletion> completed)
    {
        foreach (PendingRecord record in upload.Records)
        {
            if (record.Event.Source.EndedBy is { } ended)
            {
                record.Event.Fail(FailureOf(record.Event, ended) ?? ended, completed);
            }

            if (record.Event.IsUserDeleted)
            {
                record.Event.Filter(completed);
            }
        }
    }

    /// <summary>Removes a user from its group of suspects.</summary>
    private static void ClearSuspicion(UserQueue user) => user.Suspects?.Remove(user);

    /// <summary>Removes a number of records of each user of an upload from its group of suspects.</summary>
    private static void SettleSuspects(Upload upload, int count)
    {
        foreach (SuspectPart part in upload.Parts)
        {
            upload.Suspects?.Settle(part.User.Current(), Math.Min(count, part.Count));
        }
    }

    private static void RememberFailure(Upload upload, DeliveryFailure failure)
    {
        foreach (PendingRecord record in upload.Records)
        {
            record.Event.Failures.Last = failure;
        }
    }

    private void Release(UserQueue user, TimeSpan now)
    {
        if (user.InFlight == 0)
        {
            scheduler.Enqueue(user, now);
            Forget(user);
        }
    }

    private void Forget(UserQueue user)
    {
        if (user.InFlight == 0 && user.IsEmpty)
        {
            ClearSuspicion(user);
            users.Remove(user);
        }
    }

    private void Forget(List<EventCompletion> completed)
    {
        foreach (EventCompletion completion in completed)
        {
            if (completion.Event.Source.Remove(completion.Event))
            {
                Pending--;
                Forget(completion.Event.User.Current());
            }
        }
    }
}
