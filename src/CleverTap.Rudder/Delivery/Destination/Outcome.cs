namespace CleverTap.Rudder;

/// <summary>What an answer of CleverTap's means for the events behind it: pure functions.</summary>
internal static class Outcome
{
    /// <summary>The outcome as far as the transformation decides it. A mapped event counts as delivered until an answer says otherwise.</summary>
    public static EventOutcome Of(int index, string? messageId, TransformResult result) => new()
    {
        Index = index,
        MessageId = messageId,
        Kind = result.Status switch
        {
            TransformStatus.Mapped => OutcomeKind.Delivered,
            TransformStatus.Filtered => OutcomeKind.Filtered,
            _ => OutcomeKind.Invalid,
        },
        Message = result.Error?.Message ?? result.FilterReason?.ToString(),
        FilterReason = result.FilterReason,
        Error = result.Error,
        Records = result.Records,
        Warnings = result.Warnings,
    };

    public static EventOutcome Reject(EventOutcome outcome, int code, string message) =>
        outcome with { Kind = OutcomeKind.Rejected, Code = code, Message = message, UndeliveredReason = null };

    /// <summary>A refused profile stays the outcome also where its device token did not get through.</summary>
    public static EventOutcome Fail(EventOutcome outcome, DeliveryFailure failure) => outcome.Kind == OutcomeKind.Rejected
        ? outcome
        : outcome with { Kind = OutcomeKind.Undelivered, Code = failure.HttpStatus, Message = failure.Message, UndeliveredReason = failure.Reason };

    public static EventOutcome LeaveOut(EventOutcome outcome, FieldName field, int code) =>
        outcome with { FieldsLeftOut = [.. outcome.FieldsLeftOut, new FieldLeftOut(field.ToString(), code)] };

    /// <summary>
    /// Whether an answer accounts for every record. Where it does not, nothing can be called delivered: it counts as lost.
    /// </summary>
    public static bool Accounts(CleverTapAnswer result, int records) =>
        result.Status == AnswerStatus.Fail || result.Processed is not { } processed || processed + result.Unprocessed.Count >= records;

    /// <summary>
    /// What CleverTap says of each place of an upload; null where it took the record. Where it refused all of an upload, or
    /// does not say which record it means, every record without an entry of its own is refused.
    /// </summary>
    public static UnprocessedRecord?[] Judge(CleverTapAnswer result, int records)
    {
        var judged = new UnprocessedRecord?[records];
        UnprocessedRecord? nameless = null;
        foreach (UnprocessedRecord entry in result.Unprocessed)
        {
            if (entry.RecordNumber is { } number && number >= 1 && number <= records) judged[number - 1] ??= entry;
            else nameless ??= entry;
        }

        if (result.Status == AnswerStatus.Fail) nameless ??= new UnprocessedRecord(null, 0, result.Error ?? "CleverTap refused the upload");
        for (int place = 0; place < records; place++) judged[place] ??= nameless;
        return judged;
    }
}
