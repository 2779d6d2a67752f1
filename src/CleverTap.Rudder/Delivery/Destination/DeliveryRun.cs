namespace CleverTap.Rudder;

/// <summary>One call of SendAsync under way: its outcomes, its deadline, and whether it must stop. Shared by its lanes.</summary>
internal sealed class DeliveryRun(EventOutcome[] outcomes, CleverTapOptions options, TimeProvider time, CancellationToken cancellationToken)
{
    private readonly long started = time.GetTimestamp();
    private volatile DeliveryFailure? stoppedBy;

    public CancellationToken Cancellation => cancellationToken;

    public TimeSpan Remaining => options.Deadline - time.GetElapsedTime(started);

    /// <summary>Why no further upload makes sense; null where it does.</summary>
    public DeliveryFailure? StoppedBy => stoppedBy
        ?? (cancellationToken.IsCancellationRequested ? DeliveryFailure.Cancelled : Remaining <= TimeSpan.Zero ? DeliveryFailure.Deadline : null);

    public void Stop(DeliveryFailure failure) => stoppedBy ??= failure;

    // Every event belongs to one lane, so no two threads come to one outcome.
    public void Reject(RecordOfEvent record, int code, string message) => outcomes[record.Event] = Outcome.Reject(outcomes[record.Event], code, message);

    public void LeaveOut(RecordOfEvent record, FieldName field, int code) => outcomes[record.Event] = Outcome.LeaveOut(outcomes[record.Event], field, code);

    public void Fail(UploadBatch batch, DeliveryFailure failure)
    {
        foreach (RecordOfEvent record in batch.Records) outcomes[record.Event] = Outcome.Fail(outcomes[record.Event], failure);
    }
}
