using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>A mapped event whose outcome is pending until each of its records is accepted, rejected or given up.</summary>
/// <param name="source">The source of the event.</param>
/// <param name="index">The index of the event among the events of its source.</param>
/// <param name="rudderEvent">The event as the host's editors returned it; its ids identify the user.</param>
/// <param name="result">The records and warnings of the event.</param>
internal sealed class PendingEvent(DeliverySource source, long index, RudderEvent rudderEvent, TransformResult result)
{
    private readonly RudderEvent? original;
    private int openRecords = result.Records.Count;
    private TaskCompletionSource? final;

    // Null until something fails, so that an event without failures needs little memory.
    private FailureHistory? failures;

    public DeliverySource Source => source;

    public long Index => index;

    public RudderEvent Event => rudderEvent;

    /// <summary>The event before the edits; the outcome has its message id.</summary>
    public RudderEvent Original
    {
        get => original ?? rudderEvent;
        init => original = value;
    }

    public IReadOnlyList<CleverTapRecord> Records => result.Records;

    /// <summary>The ids that identify the user of the event.</summary>
    public EventIds Ids => rudderEvent is null ? default : UserPartitioner.IdsOf(rudderEvent);

    /// <summary>What has failed so far.</summary>
    public FailureHistory Failures => failures ??= new FailureHistory();

    /// <summary>The failure of the last attempt; null if no attempt has failed.</summary>
    public DeliveryFailure? LastFailure => failures?.Last;

    /// <summary>Whether the source counts the event as pending.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The user of the event, as known when it was submitted.</summary>
    public UserQueue User { get; set; } = null!;

    /// <summary>Whether the user was deleted, so that the event is not sent or not sent again.</summary>
    public bool IsUserDeleted { get; set; }

    /// <summary>Whether the event has its outcome, which is set once.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Records that CleverTap has stored a record.</summary>
    public void Accept(List<EventCompletion> completed) => Settle(completed);

    /// <summary>Records that CleverTap has rejected a record, which is not sent again.</summary>
    public void Reject(int code, string message, List<EventCompletion> completed)
    {
        Failures.Rejection ??= new UnprocessedRecord(null, code, message);
        Settle(completed);
    }

    /// <summary>Returns a task that completes when the event has its outcome.</summary>
    public Task WhenFinal() => (final ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Records that a profile is sent without a field.</summary>
    public void Omit(FieldName field, int code) => Failures.Omitted.Add(new OmittedField(field.ToString(), code));

    /// <summary>Completes the event as undelivered, or as rejected if CleverTap has rejected a record of it.</summary>
    public void Fail(DeliveryFailure failure, List<EventCompletion> completed)
    {
        if (IsFinal)
        {
            return;
        }

        Complete(failures?.Rejection is { } rejection ? Rejected(rejection) : Undelivered(failure), completed);
    }

    /// <summary>Completes the event as filtered, because its user was deleted.</summary>
    public void Filter(List<EventCompletion> completed)
    {
        if (!IsFinal)
        {
            Complete(Outcome(OutcomeKind.Filtered) with { FilterReason = FilterReason.UserDeleted }, completed);
        }
    }

    private void Settle(List<EventCompletion> completed)
    {
        if (IsFinal || --openRecords > 0)
        {
            return;
        }

        Complete(failures?.Rejection is { } rejection ? Rejected(rejection) : Outcome(OutcomeKind.Delivered), completed);
    }

    private void Complete(EventOutcome outcome, List<EventCompletion> completed)
    {
        IsFinal = true;
        completed.Add(new EventCompletion(this, outcome));
        final?.SetResult();
    }

    private EventOutcome Rejected(UnprocessedRecord rejected) =>
        Outcome(OutcomeKind.Rejected) with
        {
            Code = rejected.Code,
            Message = rejected.Error,
        };

    private EventOutcome Undelivered(DeliveryFailure failure) =>
        Outcome(OutcomeKind.Undelivered) with
        {
            Code = failure.HttpStatus,
            Message = failure.Message,
            UndeliveredReason = failure.Reason,
        };

    private EventOutcome Outcome(OutcomeKind kind) =>
        new()
        {
            Index = (int)index,
            MessageId = Original.MessageId,
            Kind = kind,
            OmittedFields = failures?.Omitted ?? (IReadOnlyList<OmittedField>)[],
            Records = result.Records,
            Warnings = result.Warnings,
        };
}
