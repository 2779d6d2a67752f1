using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>A mapped event on its way: its outcome is pending until each of its records is accepted, rejected or given up.</summary>
/// <param name="source">Where it comes from.</param>
/// <param name="index">Its place among the events of its source.</param>
/// <param name="rudderEvent">The event, as the host's editors have left it: it decides whose it is.</param>
/// <param name="result">Its records and warnings.</param>
internal sealed class PendingEvent(DeliverySource source, long index, RudderEvent rudderEvent, TransformResult result)
{
    private readonly RudderEvent? original;
    private int openRecords = result.Records.Count;
    private UnprocessedRecord? rejection;
    private List<OmittedField>? omitted;
    private TaskCompletionSource? final;

    public DeliverySource Source => source;

    public long Index => index;

    public RudderEvent Event => rudderEvent;

    /// <summary>The event as it came in: the outcome names it.</summary>
    public RudderEvent Original
    {
        get => original ?? rudderEvent;
        init => original = value;
    }

    public IReadOnlyList<CleverTapRecord> Records => result.Records;

    /// <summary>The ids that say whose event it is.</summary>
    public EventIds Ids { get; } = rudderEvent is null ? default : UserPartitioner.IdsOf(rudderEvent);

    /// <summary>How often a record of the event has failed alone.</summary>
    public int Attempts { get; set; }

    /// <summary>How often CleverTap was too busy for the event: that says nothing about its records.</summary>
    public int Throttles { get; set; }

    /// <summary>When the first attempt that counts failed.</summary>
    public TimeSpan? FirstFailure { get; set; }

    /// <summary>Why the last attempt failed; null if none has.</summary>
    public DeliveryFailure? LastFailure { get; set; }

    /// <summary>Its node among the pending events of its source; null if it is not one of them.</summary>
    public LinkedListNode<PendingEvent>? Node { get; set; }

    /// <summary>Whose event it is, as far as was known when it was submitted.</summary>
    public UserQueue User { get; set; } = null!;

    /// <summary>Whether the user was deleted: the event is not sent (again).</summary>
    public bool IsUserDeleted { get; set; }

    /// <summary>Whether the outcome is written. It is written once.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>CleverTap has stored a record.</summary>
    public void Accept(List<EventCompletion> completed) => Settle(completed);

    /// <summary>CleverTap rejects a record for good.</summary>
    public void Reject(int code, string message, List<EventCompletion> completed)
    {
        rejection ??= new UnprocessedRecord(null, code, message);
        Settle(completed);
    }

    /// <summary>Ends when the outcome is written.</summary>
    public Task WhenFinal() => (final ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Omit(FieldName field, int code) => (omitted ??= []).Add(new OmittedField(field.ToString(), code));

    /// <summary>The event is not delivered. A rejected record stays the outcome, also if another record did not get through.</summary>
    public void Fail(DeliveryFailure failure, List<EventCompletion> completed)
    {
        if (IsFinal)
        {
            return;
        }

        Complete(rejection is null ? Undelivered(failure) : Rejected(rejection), completed);
    }

    /// <summary>The event is not sent, or not again, because its user was deleted.</summary>
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

        Complete(rejection is null ? Outcome(OutcomeKind.Delivered) : Rejected(rejection), completed);
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
            OmittedFields = omitted is null ? [] : omitted,
            Records = result.Records,
            Warnings = result.Warnings,
        };
}
