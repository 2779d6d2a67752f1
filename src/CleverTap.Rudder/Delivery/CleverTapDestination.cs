namespace CleverTap.Rudder;

/// <summary>Transforms, cuts into uploads, sends one after the other, and notes what became of each event.</summary>
internal sealed class CleverTapDestination(CleverTapClient client, CleverTapOptions options) : ICleverTapDestination
{
    private readonly CleverTapTransformer transformer = new(options.Mapping);

    public async Task<DeliveryReport> SendAsync(IReadOnlyList<RudderEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var outcomes = new EventOutcome[events.Count];
        List<(int Event, CleverTapRecord Record)> records = [];
        for (int i = 0; i < events.Count; i++)
        {
            TransformResult result = transformer.Transform(events[i]);
            outcomes[i] = Outcome.Of(i, events[i].MessageId, result);
            foreach (CleverTapRecord record in result.Records) records.Add((i, record));
        }

        UploadResult? stopped = null;
        foreach (UploadBatch batch in UploadBatch.Cut(records, options.MaxBatchRecords, options.MaxBatchBytes))
        {
            UploadResult? result = stopped ?? await UploadAsync(batch, cancellationToken).ConfigureAwait(false);
            if (result is null or { Status: UploadStatus.Unauthorized }) stopped = result;
            Outcome.Apply(outcomes, batch, result);
        }

        return new DeliveryReport(outcomes);
    }

    /// <summary>Null where the call was cancelled.</summary>
    private async Task<UploadResult?> UploadAsync(UploadBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await client.UploadAsync([.. batch.Records.Select(entry => entry.Record)], options.DryRun, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
