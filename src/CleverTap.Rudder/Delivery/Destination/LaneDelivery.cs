namespace CleverTap.Rudder;

/// <summary>
/// Delivers the records of one lane, one upload after the other, so that a person's events keep their order. What to do
/// after an answer is decided elsewhere (<see cref="RetryPolicy"/>, <see cref="Outcome"/>): this only sends and waits.
/// </summary>
internal sealed class LaneDelivery(
    CleverTapUploader uploader, CleverTapOptions options, TimeProvider time, Func<double> random, DeliveryRun run, DeliveryMonitor monitor, Func<int, int> personOf)
{
    private readonly HashSet<int> heldBack = [];
    private DeliveryFailure? end;

    public async Task RunAsync(IReadOnlyCollection<RecordOfEvent> records)
    {
        foreach (UploadBatch batch in UploadBatch.Cut(records, options.MaxBatchRecords, options.MaxBatchBytes)) await PassOnAsync(batch).ConfigureAwait(false);
    }

    /// <summary>Delivers what may go: nobody's events overtake an earlier one of theirs that did not get through.</summary>
    private async Task PassOnAsync(UploadBatch batch)
    {
        if (end is not null)
        {
            run.Fail(batch, end);
            return;
        }

        if (heldBack.Count > 0)
        {
            ILookup<bool, RecordOfEvent> mayGo = batch.Records.ToLookup(record => !heldBack.Contains(personOf(record.Event)));
            run.Fail(new UploadBatch([.. mayGo[false]]), DeliveryFailure.HeldBack);
            batch = new UploadBatch([.. mayGo[true]]);
        }

        if (batch.Count > 0) await DeliverAsync(batch).ConfigureAwait(false);
    }

    private async Task DeliverAsync(UploadBatch batch)
    {
        for (int attempt = 1; ; attempt++)
        {
            DeliveryFailure? failure = run.StoppedBy;
            CleverTapAnswer? result = failure is null ? await uploader.UploadAsync(batch, run).ConfigureAwait(false) : null;
            if (result is null)
            {
                Fail(batch, failure ?? run.StoppedBy ?? DeliveryFailure.Cancelled);
                return;
            }

            switch (RetryPolicy.After(result, batch.Count, options.LostAnswers))
            {
                case NextStep.Judge when result is { Status: AnswerStatus.Success, Unprocessed.Count: 0 }:
                    return;
                case NextStep.Judge:
                    Judgement judgement = Judge(batch, result, attempt);
                    if (judgement.Again.Count == 0) return;
                    batch = judgement.Again;
                    if (judgement.AtOnce)
                    {
                        attempt--;
                        continue;
                    }

                    break;
                case NextStep.Split:
                    (UploadBatch first, UploadBatch second) = batch.Halve();
                    await PassOnAsync(first).ConfigureAwait(false);
                    await PassOnAsync(second).ConfigureAwait(false);
                    return;
                case NextStep.Reject:
                    run.Reject(batch.Records[0], result.HttpStatus ?? 0, result.Error ?? "CleverTap refused the record");
                    return;
                case NextStep.Stop:
                    run.Stop(DeliveryFailure.Of(result));
                    continue;
                case NextStep.GiveUp:
                    Fail(batch, DeliveryFailure.Of(result));
                    return;
            }

            TimeSpan delay = RetryPolicy.Delay(attempt, result.RetryAfter, options, random());
            if (attempt >= options.MaxAttempts || delay >= run.Remaining)
            {
                Fail(batch, DeliveryFailure.Of(result));
                return;
            }

            monitor.Retrying(batch.Count, result, attempt + 1, delay);
            await Task.Delay(delay, time, run.Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Notes what CleverTap said of each record, and gathers those that are worth another upload.</summary>
    private Judgement Judge(UploadBatch batch, CleverTapAnswer result, int attempt)
    {
        UnprocessedRecord?[] judged = Outcome.Judge(result, batch.Records)!;
        TakenProfiles? taken = null;
        List<RecordOfEvent> again = [];
        bool atOnce = true;
        for (int place = 0; place < judged.Length; place++)
        {
            if (judged[place] is not { } refused) continue;
            RecordOfEvent record = batch.Records[place];
            if (refused.Code == RetryPolicy.TransientRecordCode && attempt < options.MaxAttempts)
            {
                again.Add(Renewed(record.Record, place));
                atOnce = false;
            }
            else if (options.RepairProfiles && ProfileRepair.RefusedField(record.Record, refused.Code) is { } field)
            {
                run.LeaveOut(record, field, refused.Code);
                again.Add(Renewed(ProfileRepair.Without(record.Record, field), place));
            }
            else
            {
                run.Reject(record, refused.Code, refused.Error);
            }
        }

        return new Judgement(new UploadBatch(again), atOnce);

        RecordOfEvent Renewed(CleverTapRecord record, int place) =>
            new(batch.Records[place].Event, (taken ??= new TakenProfiles(batch.Records, judged)).WithoutOverwritten(record, place));
    }

    private void Fail(UploadBatch batch, DeliveryFailure failure)
    {
        run.Fail(batch, failure);
        if (failure.EndsLane) end = failure;
        else heldBack.UnionWith(batch.Records.Select(record => personOf(record.Event)));
    }

    /// <param name="Again">The records to send again.</param>
    /// <param name="AtOnce">Whether there is nothing to wait for.</param>
    private readonly record struct Judgement(UploadBatch Again, bool AtOnce);
}
