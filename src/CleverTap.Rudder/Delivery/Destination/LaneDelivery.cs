namespace CleverTap.Rudder;

/// <summary>
/// Delivers the records of one lane, one upload after the other, so that a person's events keep their order. What to do
/// after an answer is decided elsewhere (<see cref="RetryPolicy"/>, <see cref="Outcome"/>): this only sends and waits.
/// </summary>
internal sealed class LaneDelivery(CleverTapUploader uploader, CleverTapOptions options, TimeProvider time, Func<double> random, DeliveryRun run, DeliveryMonitor monitor)
{
    public async Task RunAsync(IReadOnlyCollection<RecordOfEvent> records)
    {
        DeliveryFailure? failure = null;
        foreach (UploadBatch batch in UploadBatch.Cut(records, options.MaxBatchRecords, options.MaxBatchBytes))
        {
            // What comes behind an upload that did not get through must not overtake it.
            if (failure is not null) run.Fail(batch, failure);
            else failure = await DeliverAsync(batch).ConfigureAwait(false);
        }
    }

    /// <summary>Null where every record has got its outcome from CleverTap; otherwise why the lane ends here.</summary>
    private async Task<DeliveryFailure?> DeliverAsync(UploadBatch batch)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (run.StoppedBy is { } stopped) return Fail(batch, stopped);
            CleverTapAnswer? result = await uploader.UploadAsync(batch, run).ConfigureAwait(false);
            if (result is null) return Fail(batch, run.StoppedBy ?? DeliveryFailure.Cancelled);

            switch (RetryPolicy.After(result, batch.Count, options.LostAnswers))
            {
                case NextStep.Judge:
                    Judgement judgement = Judge(batch, result, attempt);
                    if (judgement.Again.Count == 0) return null;
                    batch = judgement.Again;
                    if (judgement.AtOnce)
                    {
                        attempt--;
                        continue;
                    }

                    break;
                case NextStep.Split:
                    (UploadBatch first, UploadBatch second) = batch.Halve();
                    if (await DeliverAsync(first).ConfigureAwait(false) is not { } failure) return await DeliverAsync(second).ConfigureAwait(false);
                    return Fail(second, failure);
                case NextStep.Reject:
                    run.Reject(batch.Records[0], result.HttpStatus ?? 0, result.Error ?? "CleverTap refused the record");
                    return null;
                case NextStep.Stop:
                    run.Stop(DeliveryFailure.Of(result));
                    continue;
                case NextStep.GiveUp:
                    return Fail(batch, DeliveryFailure.Of(result));
            }

            if (attempt >= options.MaxAttempts) return Fail(batch, DeliveryFailure.Of(result));
            TimeSpan delay = RetryPolicy.Delay(attempt, result.RetryAfter, options, random());
            if (delay >= run.Remaining) return Fail(batch, DeliveryFailure.Of(result));
            monitor.Retrying(batch.Count, result, attempt + 1, delay);
            if (!await WaitAsync(delay).ConfigureAwait(false)) return Fail(batch, DeliveryFailure.Cancelled);
        }
    }

    /// <summary>Notes what CleverTap said of each record, and gathers those that are worth another upload.</summary>
    private Judgement Judge(UploadBatch batch, CleverTapAnswer result, int attempt)
    {
        UnprocessedRecord?[] judged = Outcome.Judge(result, batch.Count);
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

        RecordOfEvent Renewed(CleverTapRecord record, int place) => new(
            batch.Records[place].Event,
            ProfileRepair.WithoutOverwritten(record, Enumerable.Range(place + 1, judged.Length - place - 1).Where(later => judged[later] is null).Select(later => batch.Records[later].Record)));
    }

    private DeliveryFailure Fail(UploadBatch batch, DeliveryFailure failure)
    {
        run.Fail(batch, failure);
        return failure;
    }

    /// <summary>False where the call was cancelled.</summary>
    private async Task<bool> WaitAsync(TimeSpan delay)
    {
        await Task.Delay(delay, time, run.Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !run.Cancellation.IsCancellationRequested;
    }

    /// <param name="Again">The records to send again.</param>
    /// <param name="AtOnce">Whether there is nothing to wait for.</param>
    private readonly record struct Judgement(UploadBatch Again, bool AtOnce);
}
