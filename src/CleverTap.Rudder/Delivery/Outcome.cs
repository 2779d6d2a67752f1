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

    /// <summary>Notes an answer on every event of the batch it is for; null stands for a cancelled call.</summary>
    public static void Apply(EventOutcome[] outcomes, UploadBatch batch, UploadResult? result)
    {
        if (result is { Status: UploadStatus.Success or UploadStatus.Partial or UploadStatus.Fail })
        {
            foreach ((int Place, UnprocessedRecord Record) refused in Refused(batch.Records.Count, result))
            {
                ref EventOutcome outcome = ref outcomes[batch.Records[refused.Place].Event];
                outcome = outcome with { Kind = OutcomeKind.Rejected, Code = refused.Record.Code, Message = refused.Record.Error };
            }

            return;
        }

        foreach ((int index, _) in batch.Records)
        {
            // A refused profile stays the outcome also where its device token did not get through.
            if (outcomes[index].Kind == OutcomeKind.Rejected) continue;
            outcomes[index] = outcomes[index] with
            {
                Kind = OutcomeKind.Undelivered,
                Code = result?.HttpStatus,
                Message = result is null ? "The call was cancelled" : result.Error ?? "CleverTap did not take the upload",
                UndeliveredReason = ReasonOf(result?.Status),
            };
        }
    }

    /// <summary>
    /// The places of the refused records. Where CleverTap refused all of a batch, or does not say which records it means,
    /// every record without an entry of its own is refused too: nothing is called delivered on a guess.
    /// </summary>
    private static IEnumerable<(int Place, UnprocessedRecord Record)> Refused(int count, UploadResult result)
    {
        Dictionary<int, UnprocessedRecord> refused = [];
        UnprocessedRecord? nameless = null;
        foreach (UnprocessedRecord record in result.Unprocessed)
        {
            if (record.RecordNumber is { } number && number >= 1 && number <= count) refused.TryAdd(number - 1, record);
            else nameless ??= record;
        }

        if (result.Status == UploadStatus.Fail) nameless ??= result.Unprocessed.Count < count ? new UnprocessedRecord(null, 0, result.Error ?? "CleverTap refused the upload") : null;
        for (int place = 0; place < count; place++)
        {
            if (refused.TryGetValue(place, out UnprocessedRecord? record) || (record = nameless) is not null) yield return (place, record);
        }
    }

    private static UndeliveredReason ReasonOf(UploadStatus? status) => status switch
    {
        UploadStatus.Unauthorized => UndeliveredReason.Unauthorized,
        UploadStatus.BadRequest => UndeliveredReason.BadRequest,
        UploadStatus.Unavailable => UndeliveredReason.Unavailable,
        UploadStatus.Unreadable => UndeliveredReason.Unreadable,
        UploadStatus.NoAnswer => UndeliveredReason.NoAnswer,
        _ => UndeliveredReason.Cancelled,
    };
}
