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

    /// <summary>The outcome of what is no event: a call that these options filter, or an error.</summary>
    public static EventOutcome OfUnreadable(EventError error, MappingOptions options)
    {
        TransformResult result = options.FilterReasonFor(error) is { } reason
            ? TransformResult.Filtered(reason)
            : TransformResult.Invalid(error);
        return Of(0, error.MessageId, result);
    }

    /// <summary>The outcome of an event that a queue does not get to CleverTap.</summary>
    public static EventOutcome Undelivered(RudderEvent rudderEvent, UndeliveredReason reason, string message) =>
        new() { Index = 0, MessageId = rudderEvent.MessageId, Kind = OutcomeKind.Undelivered, UndeliveredReason = reason, Message = message };

    /// <summary>Whether a final outcome makes the event a dead letter: it was meant for CleverTap, and CleverTap does not get it.</summary>
    public static bool IsDeadLetter(EventOutcome outcome) => outcome.Kind is not (OutcomeKind.Delivered or OutcomeKind.Filtered);

    public static EventOutcome Reject(EventOutcome outcome, int code, string message) =>
        outcome with { Kind = OutcomeKind.Rejected, Code = code, Message = message, UndeliveredReason = null };

    /// <summary>A refused profile stays the outcome also where its device token did not get through.</summary>
    public static EventOutcome Fail(EventOutcome outcome, DeliveryFailure failure) => outcome.Kind == OutcomeKind.Rejected
        ? outcome
        : outcome with { Kind = OutcomeKind.Undelivered, Code = failure.HttpStatus, Message = failure.Message, UndeliveredReason = failure.Reason };

    public static EventOutcome LeaveOut(EventOutcome outcome, FieldName field, int code) =>
        outcome with { FieldsLeftOut = [.. outcome.FieldsLeftOut, new FieldLeftOut(field.ToString(), code)] };

    /// <summary>
    /// Whether an answer accounts for every record: each refusal is for a known one, and the numbers add up. Where it does
    /// not, nothing can be called delivered: it counts as lost.
    /// </summary>
    public static bool Accounts(CleverTapAnswer result, IReadOnlyList<RecordOfEvent> records)
    {
        if (result.Unprocessed.Count == 0 && result.Status is AnswerStatus.Success or AnswerStatus.Fail)
            return result.Status == AnswerStatus.Fail || result.Processed is null || result.Processed == records.Count;
        return Judge(result, records) is { } judged
            && (result.Status == AnswerStatus.Fail || result.Processed is not { } processed || processed + judged.Count(refused => refused is not null) == records.Count);
    }

    /// <summary>
    /// What CleverTap says of each record of an upload; null where it took it. A refused record is known by its number, and
    /// where there is none by the record that CleverTap quotes. Null altogether where a refusal is for no known record.
    /// </summary>
    public static UnprocessedRecord?[]? Judge(CleverTapAnswer result, IReadOnlyList<RecordOfEvent> records)
    {
        var judged = new UnprocessedRecord?[records.Count];
        var echoes = new RecordEcho(records, judged);
        UnprocessedRecord? nameless = null;
        foreach (UnprocessedRecord entry in result.Unprocessed)
        {
            int place = entry.RecordNumber is { } number && number >= 1 && number <= records.Count ? number - 1 : echoes.PlaceOf(entry.Echo);
            if (place >= 0) judged[place] ??= entry;
            else nameless ??= entry;
        }

        if (result.Status != AnswerStatus.Fail) return nameless is null ? judged : null;
        nameless ??= new UnprocessedRecord(null, result.Code ?? 0, result.Error ?? "CleverTap refused the upload");
        for (int place = 0; place < judged.Length; place++) judged[place] ??= nameless;
        return judged;
    }
}
